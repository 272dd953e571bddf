package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.image.header.JpegFrame;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Inserts the metadata of an original into the JPEG that is written to this stream. Only the head of the JPEG is held back
 * until it is complete; everything else passes through. Anything that isn't a JPEG with such a head passes unchanged, because
 * the result is paid for and more important than its metadata.
 */
public final class MetadataInserter extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(MetadataInserter.class);

    /** The largest head that is held back, in bytes. */
    private static final int MAX_HEAD = 1024 * 1024;

    private final OutputStream out;
    private final Metadata metadata;
    private final String name;
    private final ByteArrayOutputStream held = new ByteArrayOutputStream();
    private int nextLook = 1;
    private boolean passing;
    private Patch ifUpright;

    /**
     * @param out      receives the result; is not closed
     * @param metadata the metadata of the original
     * @param name     the name of the original, for the log
     */
    public MetadataInserter(OutputStream out, Metadata metadata, String name) {
        this.out = out;
        this.metadata = metadata;
        this.name = name;
    }

    /**
     * Bytes that replace others in the result.
     *
     * @param position the position of the first byte in the result
     */
    public record Patch(long position, byte[] bytes) {}

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (passing) {
            out.write(bytes, offset, length);
        } else if (held.size() == 0) {
            lookAt(bytes, offset, length); // the first piece usually contains the whole head
            if (!passing) {
                held.write(bytes, offset, length);
            }
        } else {
            held.write(bytes, offset, length);
            if (held.size() >= nextLook) {
                lookAt(held.toByteArray(), 0, held.size());
            }
        }
        if (!passing && held.size() >= MAX_HEAD) {
            finish();
        }
    }

    /** Writes what is held back; to be called when the result is complete. */
    public void finish() throws IOException {
        if (!passing) {
            lookAt(held.toByteArray(), 0, held.size());
        }
        if (!passing) {
            pass(held.toByteArray(), 0, held.size(), "it has no end to its head");
        }
    }

    /**
     * Returns what to change in the result if its pixels turn out to be upright. Present if the head of the result didn't tell
     * whether they are, so that the original orientation was inserted.
     */
    public Optional<Patch> ifUpright() {
        return Optional.ofNullable(ifUpright);
    }

    /** Writes what there is of the result, with the metadata inserted, if its head is complete. */
    private void lookAt(byte[] result, int offset, int length) throws IOException {
        JpegHead head;
        try {
            head = JpegHead.read(new ByteArrayInputStream(result, offset, length));
        } catch (EOFException e) {
            nextLook = 2 * length;
            return;
        } catch (IOException | RuntimeException e) {
            pass(result, offset, length, e.getMessage());
            return;
        }
        byte[] segments = segments(head);
        passing = true;
        out.write(result, offset, head.afterStart());
        out.write(segments);
        out.write(result, offset + head.afterStart(), length - head.afterStart());
    }

    private byte[] segments(JpegHead result) {
        try {
            Turned turned = Turned.of(metadata, result.frame());
            byte[] segments = metadata.segmentsFor(result, turned == Turned.YES);
            if (turned == Turned.UNKNOWN && !result.has(SegmentKind.EXIF)) {
                ifUpright = new Patch(result.afterStart(), metadata.segmentsFor(result, true));
            }
            return segments;
        } catch (RuntimeException | Error e) {
            LOG.warn("The result of {} goes without the metadata of the original", name, e);
            ifUpright = null;
            return new byte[0];
        }
    }

    private void pass(byte[] result, int offset, int length, String problem) throws IOException {
        LOG.warn("The result of {} goes without the metadata of the original: {}", name, problem);
        passing = true;
        out.write(result, offset, length);
    }

    /** Whether the platform made the pixels upright: it isn't documented whether it heeds the Exif orientation. */
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
}
