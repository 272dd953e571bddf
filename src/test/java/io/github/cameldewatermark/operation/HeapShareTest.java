package io.github.cameldewatermark.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.client.BufferPool;
import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results go through a share of the heap, and through files where it ends. */
class HeapShareTest {

    private static final int BUFFERS = 4;

    @TempDir
    Path temp;

    private final HeapShare share = new HeapShare(BUFFERS * BufferPool.SIZE);

    @ParameterizedTest
    @ValueSource(
            ints = {0, 1, BufferPool.SIZE - 1, BufferPool.SIZE, BufferPool.SIZE + 1, 200_000, 262_144, 262_145, 900_000
            })
    void whatWasWrittenIsReadWhereverItIs(int size) throws IOException {
        byte[] bytes = random(size);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, share);
            writeInPieces(spool, bytes);
            Content content = spool.content("it");

            assertThat(content.length()).isEqualTo(size);
            assertThat(content instanceof Content.FileContent).isEqualTo(size > BUFFERS * BufferPool.SIZE);
            assertThat(read(content)).isEqualTo(bytes);
            assertThat(read(content)).isEqualTo(bytes);
            try (InputStream in = content.open()) {
                in.skipNBytes(size / 2);
                assertThat(in.readAllBytes()).isEqualTo(java.util.Arrays.copyOfRange(bytes, size / 2, size));
                assertThat(in.read()).isNegative();
            }

            spool.delete();
            assertThat(share.left()).isEqualTo(BUFFERS * BufferPool.SIZE);
            if (size > 0) {
                assertThatIOException().isThrownBy(() -> read(content));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {200_000, 900_000})
    void aPatchGoesOverTheEndOfABuffer(int size) throws IOException {
        byte[] bytes = random(size);
        byte[] patch = random(BufferPool.SIZE + 10);
        try (TempFolder folder = new TempFolder(temp)) {
            Spool spool = new Spool(folder, share);
            writeInPieces(spool, bytes);
            spool.content("it");
            spool.overwrite(BufferPool.SIZE - 5, patch);

            System.arraycopy(patch, 0, bytes, BufferPool.SIZE - 5, patch.length);
            assertThat(read(spool.content("it"))).isEqualTo(bytes);
            spool.discard();
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
        spool.delete();
        assertThat(share.left()).isEqualTo(BUFFERS * BufferPool.SIZE);
    }

    @Test
    void whatHasLeftTheHeapIsReadByNobodyEvenIfSomebodyStillHasAStream() throws IOException {
        Spool spool = new Spool(null, share);
        spool.write(random(100_000));
        try (InputStream in = spool.content("it").open()) {
            in.read();
            spool.delete();
            new Spool(null, share).write(TestPictures.jpeg()); // the same buffer, by now somebody else's

            assertThatIOException().isThrownBy(in::read).withMessageContaining("until its exchange was done");
        }
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

            assertThat(spool.content("it")).isInstanceOf(Content.FileContent.class);
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
