package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A clip that is larger than the heap. The servers are in this JVM, the route in another one. */
@Timeout(600)
class BigClipTest {

    private static final String HEAP = "-Xmx64m";
    private static final long SIZE = 250_000_000;

    @TempDir
    private Path dir;

    private Sandbox sandbox;
    private LocalFtpServer ftp;
    private LocalS3 s3;

    @BeforeEach
    void startServers() throws Exception {
        sandbox = Sandbox.builder()
                .dataDir(folder("sandbox"))
                .taskDuration(Duration.ofMillis(300))
                .start();
        ftp = LocalFtpServer.start(folder("ftp"));
        s3 = LocalS3.over(folder("s3"), "clean");
    }

    @AfterEach
    void stopServers() throws Exception {
        s3.close();
        ftp.close();
        sandbox.close();
    }

    @Test
    void aClipOf250MegabytesPassesFromFtpToS3InAHeapOf64Megabytes() throws Exception {
        long checksum = writeClip(folder("ftp/in").resolve("big.mp4"));

        try (RouteProcess route = route()) {
            // what is signed for S3 is digested, which is slow without C2
            route.start(sandbox.apiKey(), HEAP, "-XX:TieredStopAtLevel=4", "-XX:+ExitOnOutOfMemoryError");
            await().atMost(300, TimeUnit.SECONDS)
                    .failFast(() -> {
                        assertThat(route.isRunning()).as(route::output).isTrue();
                        assertThat(dir.resolve("local/failed"))
                                .as(route::output)
                                .doesNotExist();
                    })
                    .until(() -> Files.exists(dir.resolve("local/inbox/.done/big.mp4")));
            route.stop();
        }

        assertThat(s3.keys("clean")).containsExactly("big.mp4");
        assertThat(checksum(s3.open("clean", "big.mp4"))).isEqualTo(checksum);
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(dir.resolve("local/.fetching")).isEmptyDirectory();
        try (Stream<Path> left = Files.walk(dir.resolve("temp"))) {
            assertThat(left).as("temp files that are left").noneMatch(Files::isRegularFile);
        }
    }

    private RouteProcess route() throws IOException {
        RouteProcess route = new RouteProcess(folder("temp"), dir.resolve("route.log"), "ftp-fetch,ftp-to-s3")
                .with("camel.component.dewatermark.baseUrl", sandbox.baseUrl())
                .with("ftp.server", ftp.address())
                .with("ftp.username", LocalFtpServer.USER)
                .with("ftp.password", LocalFtpServer.PASSWORD)
                .with("ftp.folder", dir.resolve("local"))
                .with("ftp.quiet", 200)
                .with("ftp.poll", 200);
        s3.properties().forEach(route::with);
        return route;
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(dir.resolve(name));
    }

    /** With a lot of padding, which a clip may have, of bytes that don't repeat in the pieces they are sent in. */
    private static long writeClip(Path file) throws Exception {
        byte[] clip = Samples.clip();
        byte[] block = new byte[1024 * 1024 + 7];
        new Random(3).nextBytes(block);
        long padding = SIZE - clip.length;
        CRC32C checksum = new CRC32C(); // without C2, a digest of a file of this size takes seconds
        try (OutputStream out = new CheckedOutputStream(Files.newOutputStream(file), checksum)) {
            out.write(clip);
            out.write(ByteBuffer.allocate(16)
                    .putInt(1)
                    .put(new byte[] {'f', 'r', 'e', 'e'})
                    .putLong(padding)
                    .array());
            for (long left = padding - 16; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
        return checksum.getValue();
    }

    private static long checksum(InputStream clip) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(clip, new CRC32C())) {
            in.transferTo(OutputStream.nullOutputStream());
            return in.getChecksum().getValue();
        }
    }
}
