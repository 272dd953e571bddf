package io.github.cameldewatermark.image.refine;

import io.github.cameldewatermark.image.container.JpegSegments;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
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
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    private final InputStream in;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private byte[] jfif = JpegSegments.jfif();

    /**
     * Reads up to the pixels.
     *
     * @param  in          the JPEG; the rest is read through {@link #stream()}, so it must stay open
     * @throws IOException if it can't be read, or isn't a JPEG
     */
    BareJpeg(InputStream in) throws IOException {
        this.in = in;
        JpegSegments segments = new JpegSegments(in);
        int marker;
        do {
            marker = segments.next();
            segment(marker, segments);
        } while (marker != JpegSegments.SOS);
    }

    InputStream stream() {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.write(0xFF);
        start.write(SOI);
        if (jfif != null) {
            start.writeBytes(JpegSegments.segment(JpegSegments.APP0, jfif));
        }
        start.writeBytes(head.toByteArray());
        return new SequenceInputStream(new ByteArrayInputStream(start.toByteArray()), in);
    }

    byte[] profileSegments() {
        return profile.toByteArray();
    }

    private void segment(int marker, JpegSegments segments) {
        byte[] payload = segments.payload();
        if (segments.isJfif() && payload.length == JpegSegments.jfif().length && jfif != null) {
            jfif = payload; // kept for its resolution
        } else if (marker == APP14) {
            jfif = null; // not needed, because the Adobe segment also tells the meaning of the components
            head.writeBytes(JpegSegments.segment(marker, payload));
        } else if (segments.kind() == Kind.ICC) {
            profile.writeBytes(JpegSegments.segment(marker, payload));
        } else if ((marker < JpegSegments.APP0 || marker > APP15) && marker != COM) {
            head.writeBytes(JpegSegments.segment(marker, payload));
        }
    }
}
