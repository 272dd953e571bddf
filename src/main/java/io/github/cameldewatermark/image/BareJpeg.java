package io.github.cameldewatermark.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A JPEG without its metadata: only what says how its pixels are compressed. The decoder of the JDK stumbles over what many
 * programs write there, such as Exif in front of JFIF, and would then not tell the tables either. What the colours mean is
 * kept apart.
 */
final class BareJpeg {

    private static final int SOI = 0xFFD8;
    private static final int SOS = 0xFFDA;
    private static final int APP0 = 0xFFE0;
    private static final int APP2 = 0xFFE2;
    private static final int APP14 = 0xFFEE;
    private static final int APP15 = 0xFFEF;
    private static final int COM = 0xFFFE;

    /** JFIF 1.01 without a thumbnail. It says, above all, that the components are Y, Cb and Cr. */
    private static final byte[] JFIF = {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};

    private static final byte[] ICC = "ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII);

    private final DataInputStream in;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private final ByteArrayOutputStream profile = new ByteArrayOutputStream();
    private byte[] jfif = JFIF;

    private BareJpeg(DataInputStream in) {
        this.in = in;
    }

    /**
     * Reads up to the pixels.
     *
     * @param  in          is read further by whoever reads {@link #stream()}
     * @throws IOException it can't be read, or is no JPEG
     */
    static BareJpeg read(InputStream in) throws IOException {
        BareJpeg jpeg = new BareJpeg(new DataInputStream(in));
        jpeg.readHead();
        return jpeg;
    }

    /** The JPEG without metadata. */
    InputStream stream() {
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        write(start, SOI);
        if (jfif != null) {
            write(start, APP0);
            write(start, jfif.length + 2);
            start.writeBytes(jfif);
        }
        start.writeBytes(head.toByteArray());
        write(start, SOS);
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
        if (in.readUnsignedShort() != SOI) {
            throw new MalformedPictureException("no start of image");
        }
        int marker = marker();
        while (marker != SOS) {
            segment(marker, in.readNBytes(length()));
            marker = marker();
        }
    }

    private void segment(int marker, byte[] payload) {
        if (marker == APP0 && payload.length == JFIF.length && payload[1] == 'F' && jfif != null) {
            jfif = payload; // it has the resolution
        } else if (marker == APP14) {
            jfif = null; // Adobe's says which the components are, too
            keep(marker, payload, head);
        } else if (marker == APP2
                && Arrays.equals(payload, 0, Math.min(payload.length, ICC.length), ICC, 0, ICC.length)) {
            keep(marker, payload, profile);
        } else if ((marker < APP0 || marker > APP15) && marker != COM) {
            keep(marker, payload, head);
        }
    }

    private static void keep(int marker, byte[] payload, ByteArrayOutputStream where) {
        write(where, marker);
        write(where, payload.length + 2);
        where.writeBytes(payload);
    }

    private int marker() throws IOException {
        int marker = in.readUnsignedByte() == 0xFF ? 0xFF : 0;
        while (marker == 0xFF) {
            marker = in.readUnsignedByte();
        }
        if (marker == 0) {
            throw new MalformedPictureException("a marker is missing between its segments");
        }
        return 0xFF00 | marker;
    }

    private int length() throws IOException {
        int length = in.readUnsignedShort();
        if (length < 2) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        return length - 2;
    }

    private static void write(ByteArrayOutputStream out, int twoBytes) {
        out.write(twoBytes >> 8);
        out.write(twoBytes);
    }
}
