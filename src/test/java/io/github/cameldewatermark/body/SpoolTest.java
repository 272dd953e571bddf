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
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results are kept in a share of the heap, and in files where it ends. */
class SpoolTest {

    private static final int PIECE = 16 * 1024;
    private static final int ROOM = 16 * PIECE;

    @TempDir
    Path temp;

    private final Semaphore heap = new Semaphore(ROOM);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 200_000, 262_144, 262_145, 900_000})
    void whatWasWrittenIsReadWhereverItIs(int size) throws IOException {
        byte[] bytes = random(size);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, heap);
            writeInPieces(spool, bytes);
            Content content = spool.content("it");

            assertThat(content.length()).isEqualTo(size);
            assertThat(content.file() != null).isEqualTo(size > ROOM);
            assertThat(read(content)).isEqualTo(bytes);
            assertThat(read(content)).isEqualTo(bytes);
            try (InputStream in = content.open()) {
                in.skipNBytes(size / 2);
                assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, size / 2, size));
                assertThat(in.read()).isNegative();
            }

            spool.discard();
            assertThat(heap.availablePermits()).isEqualTo(ROOM);
        }
    }

    @Test
    void aSpoolThatWasDiscardedBeginsAnew() throws IOException {
        Spool spool = new Spool(null, heap);
        spool.write(random(100_000));
        spool.discard();
        byte[] bytes = random(150_000);
        writeInPieces(spool, bytes);

        assertThat(read(spool.content("it"))).isEqualTo(bytes);
        spool.discard();
        assertThat(heap.availablePermits()).isEqualTo(ROOM);
    }

    @Test
    void itsRoomIsThereForOthersWhenNobodyHasItAnyMore() throws IOException {
        List<Content> held = new ArrayList<>(List.of(spooled(7 * PIECE), spooled(7 * PIECE)));
        assertThat(heap.availablePermits()).isEqualTo(2 * PIECE);
        byte[] bytes = random(7 * PIECE);

        System.gc();
        assertThat(heap.availablePermits()).isEqualTo(2 * PIECE);
        assertThat(held).allSatisfy(content -> assertThat(read(content)).isEqualTo(bytes));

        held.remove(0);
        SpoolFile.untilCollected(() -> assertThat(heap.availablePermits()).isEqualTo(9 * PIECE));
        assertThat(read(held.get(0))).isEqualTo(bytes);
    }

    private Content spooled(int size) throws IOException {
        Spool spool = new Spool(null, heap);
        spool.write(random(size));
        return spool.content("it");
    }

    @Test
    void oneStreamDoesNotTakeAllOfALargeShare() throws IOException {
        Semaphore large = new Semaphore(1 << 30);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, large);
            byte[] piece = random(1 << 20);
            for (int i = 0; i < 17; i++) {
                spool.write(piece);
            }

            assertThat(spool.content("it").file()).exists();
            assertThat(large.availablePermits()).isEqualTo(1 << 30);
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
