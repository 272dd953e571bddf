package io.github.cameldewatermark.image.refine;

import io.github.cameldewatermark.image.container.JpegSegments;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
import io.github.cameldewatermark.image.container.JpegSegments.Segment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A JPEG reduced to what is needed to decode its pixels, without its metadata. The JDK's decoder can't read the metadata that
 * many programs write, such as Exif before JFIF, and would then not return the quantization tables either. The colour profile
 * is kept separately.
 */
final class BareJpeg {

    private static final int SOI = 0xD8;

    private final InputStream in;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private Segment jfif = Segment.jfif();

    /**
     * Reads up to the pixels.
     *
     * @param  in          the JPEG; the rest is read through {@link #stream()}, so it must stay open
     * @throws IOException if it can't be read, or isn't a JPEG
     */
    BareJpeg(InputStream in) throws IOException {
        this.in = in;
        JpegSegments segments = new JpegSegments(in);
        Segment segment;
        do {
            segment = segments.next();
            keep(segment);
        } while (segment.marker() != JpegSegments.SOS);
    }

    InputStream stream() {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.write(0xFF);
        start.write(SOI);
        if (jfif != null) {
            start.writeBytes(jfif.bytes());
        }
        start.writeBytes(head.toByteArray());
        return new SequenceInputStream(new ByteArrayInputStream(start.toByteArray()), in);
    }

    byte[] profileSegments() {
        return profile.toByteArray();
    }

    private void keep(Segment segment) {
        if (segment.isJfif() && segment.payload().length == Segment.jfif().payload().length && jfif != null) {
            jfif = segment; // kept for its resolution
        } else if (segment.marker() == JpegSegments.APP14) {
            jfif = null; // not needed, because the Adobe segment also tells the meaning of the components
            head.writeBytes(segment.bytes());
        } else if (segment.kind() == Kind.ICC) {
            profile.writeBytes(segment.bytes());
        } else if (!segment.isExtra()) {
            head.writeBytes(segment.bytes());
        }
    }
}
