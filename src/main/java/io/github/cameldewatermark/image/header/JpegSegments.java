package io.github.cameldewatermark.image.header;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Walks through the segments of a JPEG (ITU-T T.81, annex B); an {@link EOFException} tells that it ends before. */
public final class JpegSegments {

    /** End of image. */
    static final int EOI = 0xD9;

    /** Start of a scan: pixels follow its segment. */
    public static final int SOS = 0xDA;

    public static final int APP0 = 0xE0;

    private static final int SOI = 0xFFD8;
    private static final int TEM = 0x01;

    private final DataInputStream in;
    private int position;

    /**
     * @param in is read byte by byte, and nothing of it in advance
     */
    public JpegSegments(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** How much was read, but for what {@link #markerAfterScan()} passed. */
    public int position() {
        return position;
    }

    /** Reads the start of the image, which comes before all else. */
    public void start() throws IOException {
        if (in.readUnsignedShort() != SOI) {
            throw new MalformedPictureException("no start of image");
        }
        position = 2;
    }

    /** The second byte of the marker that comes next. */
    public int marker() throws IOException {
        int b = in.readUnsignedByte();
        if (b != 0xFF) {
            throw new MalformedPictureException("a marker is missing between its segments");
        }
        position++;
        while (b == 0xFF) {
            b = in.readUnsignedByte();
            position++;
        }
        return b;
    }

    /** The first marker after the pixels that come next. */
    int markerAfterScan() throws IOException {
        while (true) {
            int b = in.readUnsignedByte();
            while (b != 0xFF) {
                b = in.readUnsignedByte();
            }
            while (b == 0xFF) {
                b = in.readUnsignedByte();
            }
            // 0xFF 0x00 is a data byte, and restart markers belong to the data
            if (b != 0 && !isRestart(b)) {
                return b;
            }
        }
    }

    /** What follows a marker: how long its payload is. */
    public int length() throws IOException {
        int length = in.readUnsignedShort() - 2;
        if (length < 0) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        position += 2;
        return length;
    }

    /** The next bytes of a payload. */
    public byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        position += count;
        return bytes;
    }

    /**
     * The rest of a payload whose start was read, and the end of that start in front of it: what comes after an id.
     *
     * @param from   where to begin in the start
     * @param length of the whole payload
     */
    public byte[] read(byte[] start, int from, int length) throws IOException {
        byte[] bytes = new byte[length - from];
        System.arraycopy(start, from, bytes, 0, start.length - from);
        in.readFully(bytes, start.length - from, length - start.length);
        position += length - start.length;
        return bytes;
    }

    public void skip(int count) throws IOException {
        in.skipNBytes(count);
        position += count;
    }

    static boolean hasPayload(int marker) {
        return marker != TEM && !isRestart(marker);
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }
}
