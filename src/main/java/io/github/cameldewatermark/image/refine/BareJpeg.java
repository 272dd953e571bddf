package io.github.cameldewatermark.image.refine;

import io.github.cameldewatermark.image.header.JpegSegments;
import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/**
 * A JPEG without its metadata: only what says how its pixels are compressed. The decoder of the JDK stumbles over what many
 * programs write there, such as Exif in front of JFIF, and would then not tell the tables either. What the colours mean is
 * kept apart.
 */
final class BareJpeg {

    private static final int SOI = 0xD8;
    private static final int APP14 = 0xEE;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;

    /** JFIF 1.01 without a thumbnail. It says, above all, that the components are Y, Cb and Cr. */
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private final InputStream in;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private byte[] jfif = JFIF;

    private BareJpeg(InputStream in) {
        this.in = in;
    }

    /**
     * Reads up to the pixels.
     *
     * @param  in          is read further by whoever reads {@link #stream()}
     * @throws IOException it can't be read, or is no JPEG
     */
    static BareJpeg read(InputStream in) throws IOException {
        BareJpeg jpeg = new BareJpeg(in);
        jpeg.readHead();
        return jpeg;
    }

    /** The JPEG without metadata. */
    InputStream stream() {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        mark(start, SOI);
        if (jfif != null) {
            keep(JpegSegments.APP0, jfif, start);
        }
        start.writeBytes(head.toByteArray());
        mark(start, JpegSegments.SOS);
        return new SequenceInputStream(new ByteArrayInputStream(start.toByteArray()), in);
    }

    /** The segments with its colour profile; empty if there is none. */
    byte[] profileSegments() {
        return profile.toByteArray();
    }

    /** Where segments belong in a JPEG that is written with the tables of this one: after that of JFIF, if it gets one. */
    int afterStart() {
        return jfif == null ? 2 : 2 + 2 + 2 + JFIF.length;
    }

    private void readHead() throws IOException {
        JpegSegments segments = new JpegSegments(in);
        segments.start();
        int marker = segments.marker();
        while (marker != JpegSegments.SOS) {
            segment(marker, segments.read(segments.length()));
            marker = segments.marker();
        }
    }

    private void segment(int marker, byte[] payload) {
        if (marker == JpegSegments.APP0 && payload.length == JFIF.length && payload[1] == 'F' && jfif != null) {
            jfif = payload; // it has the resolution
        } else if (marker == APP14) {
            jfif = null; // Adobe's says which the components are, too
            keep(marker, payload, head);
        } else if (SegmentKind.of(marker, payload) == SegmentKind.ICC) {
            keep(marker, payload, profile);
        } else if ((marker < JpegSegments.APP0 || marker > APP15) && marker != COM) {
            keep(marker, payload, head);
        }
    }

    private static void keep(int marker, byte[] payload, ByteArrayOutputStream where) {
        int length = payload.length + 2;
        mark(where, marker);
        where.write(length >> 8);
        where.write(length);
        where.writeBytes(payload);
    }

    private static void mark(ByteArrayOutputStream out, int marker) {
        out.write(0xFF);
        out.write(marker);
    }
}
