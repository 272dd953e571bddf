package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results go through a share of the heap, and through files where it ends. */
class HeapShareTest {

    private static final int BUFFERS = 16;

    @TempDir
    Path temp;

    private final HeapShare share = new HeapShare(BUFFERS * HeapBytes.PIECE);

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, HeapBytes.PIECE - 1, HeapBytes.PIECE, HeapBytes.PIECE + 1, 200_000, 262_144, 262_145, 900_000
            })
    void whatWasWrittenIsReadWhereverItIs(int size) throws IOException {
        byte[] bytes = random(size);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, share);
            writeInPieces(spool, bytes);
            Content content = spool.content("it");

            assertThat(content.length()).isEqualTo(size);
            assertThat(content.file() != null).isEqualTo(size > BUFFERS * HeapBytes.PIECE);
            assertThat(read(content)).isEqualTo(bytes);
            assertThat(read(content)).isEqualTo(bytes);
            try (InputStream in = content.open()) {
                in.skipNBytes(size / 2);
                assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, size / 2, size));
                assertThat(in.read()).isNegative();
            }

            spool.discard();
            assertThat(share.left()).isEqualTo(BUFFERS * HeapBytes.PIECE);
        }
    }

    @Test
    void aSpoolThatWasClearedBeginsAnew() throws IOException {
        Spool spool = new Spool(null, share);
        spool.write(random(100_000));
        spool.clear();
        byte[] bytes = random(150_000);
        writeInPieces(spool, bytes);

        assertThat(read(spool.content("it"))).isEqualTo(bytes);
        spool.discard();
        assertThat(share.left()).isEqualTo(BUFFERS * HeapBytes.PIECE);
    }

    @Test
    void itsRoomIsThereForOthersWhenNobodyHasItAnyMore() throws IOException {
        List<Content> held = new ArrayList<>(List.of(spooled(7 * HeapBytes.PIECE), spooled(7 * HeapBytes.PIECE)));
        assertThat(share.left()).isEqualTo(2 * HeapBytes.PIECE);
        byte[] bytes = random(7 * HeapBytes.PIECE);

        System.gc();
        assertThat(share.left()).isEqualTo(2 * HeapBytes.PIECE);
        assertThat(held).allSatisfy(content -> assertThat(read(content)).isEqualTo(bytes));

        held.remove(0);
        SpoolFile.untilCollected(() -> assertThat(share.left()).isEqualTo(9 * HeapBytes.PIECE));
        assertThat(read(held.get(0))).isEqualTo(bytes);
    }

    private Content spooled(int size) throws IOException {
        Spool spool = new Spool(null, share);
        spool.write(random(size));
        return spool.content("it");
    }

    @Test
    void oneStreamDoesNotTakeAllOfALargeShare() throws IOException {
        HeapShare large = new HeapShare(1L << 30);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, large);
            byte[] piece = random(1 << 20);
            for (int i = 0; i < 17; i++) {
                spool.write(piece);
            }

            assertThat(spool.content("it").file()).exists();
            assertThat(large.left()).isEqualTo(1L << 30);
        }
    }

    private static void writeInPieces(Spool spool, byte[] bytes) throws IOException {
        for (int from = 0; from < bytes.length; ) {
            int n = Math.min(10_007, bytes.length - from);
            spool.write(bytes, from, n);
            from += n;
        }
    }

    private static byte[] read(Content content) throws IOException {
        try (InputStream in = content.open();
                ByteArrayOutputStream out = new ByteArrayOutputStream()) {
            in.transferTo(out);
            return out.toByteArray();
        }
    }

    private static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
