package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.metadata.Likeness;
import io.github.cameldewatermark.image.metadata.Metadata;
import io.github.cameldewatermark.image.metadata.MetadataInserter;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies the metadata of an original into its result while the result is written to the spool. The result is paid for, so it
 * is kept as the platform returned it if anything goes wrong with the metadata.
 */
final class MetadataCarrier {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataCarrier.class);

    private final Content original;
    private final Spool spool;
    private final MetadataInserter inserter;

    /**
     * @param original  the content whose metadata are copied; {@code null} if no metadata are wanted
     * @param converted whether a converted copy was sent to the platform in place of the original
     */
    MetadataCarrier(Content original, boolean converted, Spool spool) {
        this.original = original;
        this.spool = spool;
        Metadata metadata = original == null ? Metadata.NONE : read(original);
        if (converted) {
            metadata = metadata.ofConverted();
        }
        this.inserter = metadata.isEmpty() ? null : new MetadataInserter(spool, metadata, original.name());
    }

    /** Whether there is nothing to copy. */
    boolean isEmpty() {
        return inserter == null;
    }

    /** Returns the stream to write the result to. */
    OutputStream out() {
        return inserter == null ? spool : inserter;
    }

    /** To be called when the whole result has been written. */
    void finish() throws IOException {
        if (inserter != null) {
            inserter.finish();
            inserter.ifUpright().ifPresent(this::settleOrientation);
        }
    }

    private void settleOrientation(MetadataInserter.Patch ifUpright) {
        try {
            if (Likeness.madeUpright(original, spool.content(original.name()))) {
                spool.overwrite(ifUpright.position(), ifUpright.bytes());
            }
        } catch (IOException | RuntimeException | Error e) { // including OutOfMemoryError and a broken decoder
            LOG.warn(
                    "Whether the result of {} is upright can't be seen: its orientation may be wrong",
                    original.name(),
                    e);
        }
    }

    private static Metadata read(Content original) {
        try {
            return Metadata.of(original);
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn("The result of {} goes without the metadata of the original", original.name(), e);
            return Metadata.NONE;
        }
    }
}
