package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.DewatermarkStorageException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of a failure of a journal: before something is sent, nothing is; later, it is only logged. */
final class JournalFailures {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFailures.class);

    private JournalFailures() {}

    interface Step {
        void run() throws IOException;
    }

    /** An interrupt, as of a stop by force, would make it fail; it is for later. */
    static void tryTo(String name, String what, Step step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The journal failed for {}: it could not {}", name, what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static DewatermarkStorageException unusable(String operation, String name, Exception cause) {
        return new DewatermarkStorageException(
                operation, "The journal can't be used for " + name + ": " + cause.getMessage(), cause);
    }
}
