package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.JpegFrame;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Collections;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Inserts the metadata of an original into its result. All else of the result stays byte for byte. */
public final class MetadataInserter {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataInserter.class);

    private MetadataInserter() {}

    /**
     * Returns a result with the metadata of its original. The result is paid for and more important than its metadata: if
     * anything goes wrong, or if it isn't a JPEG, it is returned as it is.
     *
     * @param converted whether a converted copy of the original was sent to the platform
     */
    public static Content insert(Content original, boolean converted, Content result) {
        try {
            Metadata metadata = Metadata.of(original);
            if (converted) {
                metadata = metadata.ofConverted();
            }
            return metadata.isEmpty() ? result : insert(metadata, original, result);
        } catch (IOException | RuntimeException | Error e) { // including OutOfMemoryError and a broken decoder
            LOG.warn("The result of {} goes without the metadata of the original", original.name(), e);
            return result;
        }
    }

    private static Content insert(Metadata metadata, Content original, Content result) throws IOException {
        JpegHead head;
        try (InputStream in = new BufferedInputStream(result.open())) {
            head = JpegHead.read(in);
        }
        byte[] segments = metadata.segmentsFor(head, isUpright(metadata, head, original, result));
        return segments.length == 0 ? result : new Inserted(result, head.afterStart(), segments);
    }

    /** Whether the platform made the pixels upright: it isn't documented whether it heeds the Exif orientation. */
    private static boolean isUpright(Metadata metadata, JpegHead head, Content original, Content result) {
        return switch (Turned.of(metadata, head.frame())) {
            case YES -> true;
            case NO -> false;
            case UNKNOWN -> !head.has(SegmentKind.EXIF) && looksUpright(original, result);
        };
    }

    private static boolean looksUpright(Content original, Content result) {
        try {
            return Likeness.madeUpright(original, result);
        } catch (IOException | RuntimeException | Error e) {
            LOG.warn(
                    "Whether the result of {} is upright can't be seen: its orientation may be wrong",
                    original.name(),
                    e);
            return false;
        }
    }

    /** What the shape of the result tells. */
    private enum Turned {
        YES,
        NO,
        UNKNOWN;

        static Turned of(Metadata original, JpegFrame result) {
            long width = original.width();
            long height = original.height();
            Orientation orientation = original.orientation();
            if (width == 0) {
                return YES;
            }
            if (orientation == Orientation.UPRIGHT) {
                return NO;
            }
            if (!orientation.swapsSides() || width == height) {
                return UNKNOWN;
            }
            // compares shapes, not sizes, because the result may have been scaled
            long asStored = Math.abs(width * result.height() - height * result.width());
            long swapped = Math.abs(width * result.width() - height * result.height());
            return swapped < asStored ? YES : NO;
        }
    }

    /** A result with segments at a position of its head. */
    private record Inserted(Content result, int position, byte[] segments) implements Content {
        @Override
        public String name() {
            return result.name();
        }

        @Override
        public long length() {
            return result.length() + segments.length;
        }

        @Override
        public InputStream open() throws IOException {
            InputStream rest = result.open();
            byte[] head;
            try {
                head = rest.readNBytes(position);
            } catch (IOException e) {
                rest.close();
                throw e;
            }
            return new SequenceInputStream(Collections.enumeration(
                    List.of(new ByteArrayInputStream(head), new ByteArrayInputStream(segments), rest)));
        }
    }
}
