package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** The temp file of a large result, whether it is still there or not. */
final class SpoolFile {

    /** Matches all of them. */
    static final String PATTERN = "glob:**/spool-*";

    private SpoolFile() {}

    static Path of(Exchange exchange) {
        SpooledBody body = (SpooledBody) exchange.getMessage().getBody();
        return ((Content.FileContent) body.content()).file();
    }
}
