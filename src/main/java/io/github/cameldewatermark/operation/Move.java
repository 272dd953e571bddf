package io.github.cameldewatermark.operation;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.FileConstants;
import org.apache.camel.component.file.FileEndpoint;

/**
 * The header {@value FileConstants#FILE_LOCAL_WORK_PATH} of a result in a temp file. Where it is a path, a file producer
 * moves the file at that path to its target, whatever the body is. So it becomes a path only when a file producer asks for
 * it, and only if it is about to write this very result, on the file system of the temp file: elsewhere, Camel would try to
 * move it for two seconds and copy it then.
 */
final class Move {

    private final Spool spool;

    Move(Spool spool) {
        this.spool = spool;
    }

    /** Whether the header isn't taken: an FTP consumer has a file of its own there, and deletes it at the end. */
    static boolean isPossible(Exchange exchange) {
        Object taken = exchange.getMessage().getHeader(FileConstants.FILE_LOCAL_WORK_PATH);
        return taken == null || taken instanceof Move;
    }

    /** What the producer that asks may move; a file that doesn't exist, if nothing. */
    File offer(Exchange exchange) {
        boolean isBody = exchange != null
                && exchange.getMessage().getBody() instanceof ResultFile result
                && result.isMovedBy(this);
        Path link = isBody && isOnSameFileSystem(exchange) ? spool.link() : null;
        // not the empty path, which from Java 25 on is the current directory
        return (link == null ? spool.nothing() : link).toFile();
    }

    private boolean isOnSameFileSystem(Exchange exchange) {
        String uri = exchange.getProperty(ExchangePropertyKey.TO_ENDPOINT, String.class);
        return uri != null
                && OptionalPart.CAMEL_FILE.isThere()
                && isOnSameFileSystem(exchange.getContext().hasEndpoint(uri));
    }

    private boolean isOnSameFileSystem(Endpoint target) {
        if (!(target instanceof FileEndpoint folder)) {
            return false;
        }
        try {
            Path there = folder.getFile().toPath().toAbsolutePath();
            while (!Files.exists(there)) {
                there = there.getParent();
            }
            return Files.getFileStore(there).equals(spool.store());
        } catch (IOException e) {
            return false;
        }
    }
}
