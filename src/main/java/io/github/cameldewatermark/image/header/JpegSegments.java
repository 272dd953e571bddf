package io.github.cameldewatermark.image.header;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Iterates over the segments of a JPEG (ITU-T T.81, annex B). Throws {@link EOFException} where a JPEG was cut off. */
public final class JpegSegments {

    /** End of image. */
    static final int EOI = 0xD9;

    /** Start of scan: pixels follow this segment. */
    public static final int SOS = 0xDA;

    public static final int APP0 = 0xE0;

    private static final int SOI = 0xFFD8;
    private static final int TEM = 0x01;

    private final DataInputStream in;
    private int position;

    /**
     * @param in the JPEG; is read byte by byte, and never further than necessary
     */
    public JpegSegments(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /** Returns the number of bytes read so far, not counting those in {@link #markerAfterScan()}. */
    public int position() {
        return position;
    }

    /** Reads the start-of-image marker, which must come first. */
    public void start() throws IOException {
        if (in.readUnsignedShort() != SOI) {
            throw new MalformedPictureException("no start of image");
        }
        position = 2;
    }

    /** Reads the next marker; returns its second byte. */
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

    /** Skips the pixels of a scan; returns the second byte of the marker after them. */
    int markerAfterScan() throws IOException {
        while (true) {
            int b = in.readUnsignedByte();
            while (b != 0xFF) {
                b = in.readUnsignedByte();
            }
            while (b == 0xFF) {
                b = in.readUnsignedByte();
            }
            // 0xFF 0x00 stands for a data byte 0xFF, and restart markers belong to the data
            if (b != 0 && !isRestart(b)) {
                return b;
            }
        }
    }

    /** Reads the length after a marker; returns the length of the payload in bytes. */
    public int length() throws IOException {
        int length = in.readUnsignedShort() - 2;
        if (length < 0) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        position += 2;
        return length;
    }

    /** Reads the next bytes of a payload. */
    public byte[] read(int count) throws IOException {
        byte[] bytes = new byte[count];
        in.readFully(bytes);
        position += count;
        return bytes;
    }

    /**
     * Reads the rest of a payload; returns the payload from a position on, such as everything after an id.
     *
     * @param start  the beginning of the payload, which was read before
     * @param from   the position at which the returned part begins, at most the length of {@code start}
     * @param length the length of the whole payload
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
