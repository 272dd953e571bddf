package io.github.cameldewatermark.image.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOException;

/** Reads the segments of a JPEG (ITU-T T.81, annex B), one after the other. Throws {@link EOFException} where a JPEG was cut off. */
public final class JpegSegments {

    /** Start of scan: pixels follow this segment. */
    public static final int SOS = 0xDA;

    public static final int APP0 = 0xE0;
    public static final int APP14 = 0xEE;
    public static final int EOI = 0xD9;

    private static final int SOI = 0xFFD8;
    private static final int TEM = 0x01;
    private static final int APP15 = 0xEF;
    private static final int COM = 0xFE;
    private static final int MAX_LENGTH = 0xFFFF;

    private final DataInputStream in;
    private boolean inScan;
    private long position = 2;
    private boolean strayBytes;

    /**
     * Reads the start-of-image marker, which must come first.
     *
     * @param in the JPEG; is read byte by byte, and never beyond the current segment
     */
    public JpegSegments(InputStream in) throws IOException {
        this.in = new DataInputStream(in);
        if (this.in.readUnsignedShort() != SOI) {
            throw new IIOException("no start of image");
        }
    }

    /** Reads the next segment, after skipping the pixels if a scan has started. */
    public Segment next() throws IOException {
        return segment(marker());
    }

    /** Skips the scans and what may come between them, and returns the position of the marker after that. */
    public long endOfScans() throws IOException {
        boolean scans = false;
        int marker = marker();
        while (!scans || mayFollowScan(marker)) {
            scans |= marker == SOS;
            segment(marker);
            marker = marker();
        }
        return position - 2;
    }

    private Segment segment(int marker) throws IOException {
        byte[] payload = {};
        if (marker != EOI && marker != TEM && !isRestart(marker)) {
            int length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw new IIOException("a segment has an impossible length");
            }
            payload = new byte[length];
            in.readFully(payload);
            position += 2 + length;
        }
        inScan = marker == SOS;
        return new Segment(marker, payload);
    }

    /** Returns the position after what was read. */
    public long position() {
        return position;
    }

    /** Whether there were bytes between segments, which decoders skip. */
    public boolean hasStrayBytes() {
        return strayBytes;
    }

    /** Returns the next marker, after the pixels of a scan or after what decoders skip. */
    private int marker() throws IOException {
        while (true) {
            int b = read();
            strayBytes |= !inScan && b != 0xFF;
            while (b != 0xFF) {
                b = read();
            }
            while (b == 0xFF) { // fill bytes may come before a marker
                b = read();
            }
            // 0xFF 0x00 is no marker but, in a scan, a data byte 0xFF; restart markers belong to the data
            if (b != 0 && !(inScan && isRestart(b))) {
                return b;
            }
        }
    }

    private int read() throws IOException {
        position++;
        return in.readUnsignedByte();
    }

    /** Whether it is the marker of tables, of the number of lines, of a comment, or of another scan. */
    private static boolean mayFollowScan(int marker) {
        return marker == 0xC4 || marker >= SOS && marker <= 0xDD || marker == COM;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    /**
     * A segment.
     *
     * @param marker  the second byte of its marker
     * @param payload what follows its length; empty if it has none
     */
    public record Segment(int marker, byte[] payload) {

        /** A JFIF segment (version 1.01) without a thumbnail: it says that the components are Y, Cb and Cr. */
        public static Segment jfif() {
            return new Segment(APP0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
        }

        /** Returns the whole segment: its marker, its length and the payload. */
        public byte[] bytes() {
            return ByteBuffer.allocate(4 + payload.length)
                    .put((byte) 0xFF)
                    .put((byte) marker)
                    .putShort((short) (2 + payload.length))
                    .put(payload)
                    .array();
        }

        /** Returns what kind of metadata it has; {@code null} if it has none that are known here. */
        public Kind kind() {
            return Arrays.stream(Kind.values())
                    .filter(kind -> kind.marker == marker && begins(payload, kind.id))
                    .findFirst()
                    .orElse(null);
        }

        /** Whether it is of an application, or a comment: a decoder needs none of these but Adobe's. */
        public boolean isExtra() {
            return marker >= APP0 && marker <= APP15 || marker == COM;
        }

        /** Whether it says what the components mean (Adobe's technical note 5116). */
        public boolean isAdobe() {
            return marker == APP14 && begins(payload, "Adobe".getBytes(ISO_8859_1));
        }

        public boolean isJfif() {
            return marker == APP0 && begins(payload, "JFIF\0".getBytes(ISO_8859_1));
        }

        /** Whether it is a frame header: SOF0 to SOF15, except DHT, JPG and DAC in the same range. */
        public boolean isFrame() {
            return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
        }

        /** Whether it is the frame header of a process that decoders know: Huffman, baseline to progressive. */
        public boolean isUsualFrame() {
            return marker >= 0xC0 && marker <= 0xC2;
        }
    }

    private static boolean begins(byte[] payload, byte[] id) {
        return payload.length >= id.length && Arrays.equals(payload, 0, id.length, id, 0, id.length);
    }

    /** The kinds of segments that contain metadata, recognised by their marker and the id at their beginning. */
    public enum Kind {
        /** A TIFF structure (Exif 2.32, section 4.5). */
        EXIF(0xE1, "Exif\0\0"),
        /** XML (XMP specification, part 3). Parts beyond 64 KiB are in segments with another id. */
        XMP(0xE1, "http://ns.adobe.com/xap/1.0/\0"),
        /** A colour profile, or a part of it that begins with its number and the number of all parts (ICC.1, annex B.4). */
        ICC(0xE2, "ICC_PROFILE\0"),
        /** Image resources of Photoshop, one of which is IPTC. */
        PHOTOSHOP(0xED, "Photoshop 3.0\0");

        private final int marker;
        private final byte[] id;

        Kind(int marker, String id) {
            this.marker = marker;
            this.id = id.getBytes(ISO_8859_1);
        }

        /** Returns the payload without the id at its beginning, if it has one. */
        public byte[] withoutId(byte[] payload) {
            return begins(payload, id) ? Arrays.copyOfRange(payload, id.length, payload.length) : payload;
        }

        /** Returns the length of the largest content of one segment in bytes, without the id. */
        public int capacity() {
            return MAX_LENGTH - 2 - id.length;
        }

        /** Returns a complete segment with the id and the content. */
        public byte[] segment(byte[] content) {
            if (content.length > capacity()) {
                throw new IllegalArgumentException(content.length + " bytes don't fit in a segment");
            }
            ByteBuffer payload = ByteBuffer.allocate(id.length + content.length);
            return new Segment(marker, payload.put(id).put(content).array()).bytes();
        }
    }
}
