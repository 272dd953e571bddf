package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** The temp file of a large result, whether it is still there or not. */
public final class SpoolFile {

    /** Matches all of them. */
    public static final String PATTERN = "glob:**/spool-*";

    private SpoolFile() {}

    /** Of any context of this JVM, if nobody has a result any more. */
    public static void assertNoneLeft() {
        await().untilAsserted(() -> {
            System.gc();
            try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                    Path.of(System.getProperty("java.io.tmpdir")), TempFolder.OF_THIS_PROCESS + "*")) {
                for (Path folder : folders) {
                    assertThat(folder).isDirectoryNotContaining(PATTERN);
                }
            }
        });
    }

    /** In the folder of a context that nobody has a result of any more. */
    public static void assertNoneIn(Path folder) {
        await().untilAsserted(() -> {
            System.gc();
            assertThat(folder).isDirectoryNotContaining(PATTERN);
        });
    }

    public static Path of(Exchange exchange) {
        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        return body.content().file();
    }
}
