package com.example;

import static com.example.RouteRun.soon;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file that is written slowly is taken when it is whole. */
@Timeout(240)
class SlowWriterTest {

    /** As many pieces; together they take longer than the routes need to see that nobody writes. */
    private static final int PIECES = 50;

    private static final int MILLIS_BETWEEN = 100;

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private final ScheduledExecutorService writer = Executors.newSingleThreadScheduledExecutor();
    private RouteRun run;

    @AfterEach
    void stop() {
        writer.shutdownNow();
        run.close();
    }

    @Test
    void anUploadToAnFtpServerGrowsForAWhile() throws Exception {
        try (LocalFtpServer server = LocalFtpServer.start(home)) {
            run = new RouteRun("ftp-fetch", "ftp-to-folder")
                    .with("ftp.server", server.address())
                    .with("ftp.username", LocalFtpServer.USER)
                    .with("ftp.password", LocalFtpServer.PASSWORD)
                    .with("ftp.folder", folder)
                    .with("ftp.quiet", 2000)
                    .with("ftp.poll", 200);
            run.start();
            write(home.resolve("in/clip.mp4"), false);

            arrives();
            assertThat(home.resolve("in/done/clip.mp4")).hasBinaryContent(Samples.clip());
            run.close();
        }
    }

    /** As Windows copies. */
    @Test
    void aCopyHasItsFullSizeFromTheStart() throws Exception {
        run = new RouteRun("watched-folder").with("folder", folder).start();
        write(folder.resolve("inbox/clip.mp4"), true);

        arrives();
    }

    private void arrives() throws IOException {
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).exists());
        assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    /** Begins to write the clip, and goes on piece by piece in the background. */
    private void write(Path file, boolean fullSize) throws IOException {
        byte[] clip = Samples.clip();
        Files.createDirectories(file.getParent());
        Files.createFile(file);
        if (fullSize) {
            try (RandomAccessFile whole = new RandomAccessFile(file.toFile(), "rw")) {
                whole.setLength(clip.length);
            }
        }
        int piece = clip.length / PIECES + 1;
        AtomicInteger written = new AtomicInteger();
        writer.scheduleAtFixedRate(
                () -> {
                    int from = written.getAndAdd(piece);
                    if (from < clip.length) {
                        write(file, from, clip, Math.min(piece, clip.length - from));
                    }
                },
                0,
                MILLIS_BETWEEN,
                MILLISECONDS);
    }

    private static void write(Path file, int from, byte[] bytes, int length) {
        if (!Files.exists(file)) {
            throw new IllegalStateException("It was taken too early");
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(from);
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
