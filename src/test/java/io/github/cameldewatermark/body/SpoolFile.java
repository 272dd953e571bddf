package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.awaitility.core.ThrowingRunnable;

/** The temp file of a large result, whether it is still there or not. */
public final class SpoolFile {

    /** Matches all of them. */
    public static final String PATTERN = "glob:**/spool-*";

    private SpoolFile() {}

    /** Of any context of this JVM, if nobody has a result any more. */
    public static void assertNoneLeft() {
        untilCollected(SpoolFile::assertNoFiles);
    }

    static void assertNoFiles() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                Path.of(System.getProperty("java.io.tmpdir")), TempFolder.OF_THIS_PROCESS + "*")) {
            for (Path folder : folders) {
                assertThat(folder).isDirectoryNotContaining(PATTERN);
            }
        }
    }

    /** In the folder of a context that nobody has a result of any more. */
    public static void assertNoneIn(Path folder) {
        untilCollected(() -> assertThat(folder).isDirectoryNotContaining(PATTERN));
    }

    /**
     * Waits for what is to happen when nobody has a result any more. A collection takes long, and what it frees is freed by another
     * thread a moment later, so that one isn't asked for at each look.
     */
    static void untilCollected(ThrowingRunnable assertion) {
        AtomicInteger looks = new AtomicInteger();
        await().pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
            if (looks.getAndIncrement() % 10 == 0) {
                System.gc();
            }
            assertion.run();
        });
    }

    public static Path of(Exchange exchange) {
        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        return body.content().file();
    }
}
