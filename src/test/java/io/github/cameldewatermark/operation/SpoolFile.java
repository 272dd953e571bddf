package io.github.cameldewatermark.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** The temp file of a large result, whether it is still there or not. */
final class SpoolFile {

    /** Matches all of them. */
    static final String PATTERN = "glob:**/spool-*";

    private SpoolFile() {}

    /** Of any context of this JVM. */
    static void assertNoneLeft() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(
                Path.of(System.getProperty("java.io.tmpdir")), LockedFolder.OF_THIS_PROCESS + "*")) {
            for (Path folder : folders) {
                assertThat(folder).isDirectoryNotContaining(PATTERN);
            }
        }
    }

    static Path of(Exchange exchange) {
        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        return ((Content.FileContent) body.content()).file();
    }
}
