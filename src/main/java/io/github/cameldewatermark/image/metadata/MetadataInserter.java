package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.container.WithSegments;
import io.github.cameldewatermark.image.header.JpegHeader;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
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
            Metadata metadata = Metadata.of(original, converted);
            return metadata.isEmpty() ? result : insert(metadata, original, result);
        } catch (IOException | RuntimeException | Error e) { // including OutOfMemoryError and a broken decoder
            LOG.warn("The result of {} is delivered without the metadata of the original", original.name(), e);
            return result;
        }
    }

    private static Content insert(Metadata metadata, Content original, Content result) throws IOException {
        JpegHeader head;
        try (InputStream in = new BufferedInputStream(result.open())) {
            head = JpegHeader.read(in);
        }
        boolean upright = metadata.sent() == null || wasMadeUpright(metadata.sent(), head, original, result);
        byte[] segments = metadata.segmentsFor(head, upright);
        return segments.length == 0 ? result : new WithSegments(result, head.afterStart(), segments);
    }

    /**
     * Whether the platform made the pixels upright: it isn't documented whether it heeds the Exif orientation. Where the shape
     * of the result doesn't tell, its pixels do.
     */
    private static boolean wasMadeUpright(PictureInfo sent, JpegHeader head, Content original, Content result) {
        Orientation orientation = sent.orientation();
        if (orientation == Orientation.UPRIGHT) {
            return false;
        }
        long width = sent.width();
        long height = sent.height();
        if (orientation.swapsSides() && width != height) {
            // compares shapes, not sizes, because the result may have been scaled
            PictureInfo cleaned = head.frame();
            long asStored = Math.abs(width * cleaned.height() - height * cleaned.width());
            long swapped = Math.abs(width * cleaned.width() - height * cleaned.height());
            return swapped < asStored;
        }
        return !head.has(Kind.EXIF) && looksUpright(original, orientation, result);
    }

    private static boolean looksUpright(Content original, Orientation orientation, Content result) {
        try {
            return Likeness.madeUpright(original, orientation, result);
        } catch (RuntimeException | Error e) {
            LOG.warn(
                    "Can't tell whether the result of {} is upright: its orientation may be wrong", original.name(), e);
            return false;
        }
    }
}
