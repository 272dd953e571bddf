package io.github.cameldewatermark.image.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.imageio.IIOException;

/** Iterates over the segments of a JPEG (ITU-T T.81, annex B). Throws {@link EOFException} where a JPEG was cut off. */
public final class JpegSegments {

    /** Start of scan: pixels follow this segment. */
    public static final int SOS = 0xDA;

    public static final int APP0 = 0xE0;

    public static final int EOI = 0xD9;

    private static final int SOI = 0xFFD8;
    private static final int TEM = 0x01;
    private static final int APP14 = 0xEE;
    private static final int MAX_LENGTH = 0xFFFF;

    private final DataInputStream in;
    private final byte[] payload = new byte[MAX_LENGTH];
    private int marker;
    private int length;
    private long position = 2;
    private long markerEnd;
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

    /** Reads the next segment, after skipping the pixels if a scan has started; returns the second byte of its marker. */
    public int next() throws IOException {
        marker = marker(marker == SOS);
        markerEnd = position;
        length = 0;
        if (marker != EOI && marker != TEM && !isRestart(marker)) {
            length = in.readUnsignedShort() - 2;
            if (length < 0) {
                throw new IIOException("a segment has an impossible length");
            }
            in.readFully(payload, 0, length);
            position += 2 + length;
        }
        return marker;
    }

    /** Returns the payload of a JFIF segment (version 1.01) without a thumbnail: it says that the components are Y, Cb and Cr. */
    public static byte[] jfif() {
        return new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0};
    }

    /** Returns a complete segment: its marker, its length and the payload. */
    public static byte[] segment(int marker, byte[] payload) {
        return ByteBuffer.allocate(4 + payload.length)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (2 + payload.length))
                .put(payload)
                .array();
    }

    public byte[] payload() {
        return Arrays.copyOf(payload, length);
    }

    /** Returns what kind of metadata the current segment has; {@code null} if it has none that are known here. */
    public Kind kind() {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.marker == marker && kind.begins(payload, length))
                .findFirst()
                .orElse(null);
    }

    public long position() {
        return position;
    }

    public long markerAt() {
        return markerEnd - 2;
    }

    /** Whether the current segment is one that may follow a scan: its tables, its lines, a comment, or another scan. */
    public boolean mayFollowScan() {
        return marker == 0xC4 || marker >= SOS - 1 && marker <= 0xDD || marker == 0xFE;
    }

    /** Whether there were bytes between segments, which decoders skip. */
    public boolean hasStrayBytes() {
        return strayBytes;
    }

    /** Whether the current segment is the one that says what the components mean (Adobe's technical note 5116). */
    public boolean isAdobe() {
        return marker == APP14 && begins("Adobe");
    }

    public boolean isJfif() {
        return marker == APP0 && begins("JFIF\0");
    }

    private boolean begins(String id) {
        return length >= id.length() && new String(payload, 0, id.length(), ISO_8859_1).equals(id);
    }

    /** Whether the current segment is a frame header: SOF0 to SOF15, except DHT, JPG and DAC in the same range. */
    public boolean isFrame() {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /** Whether the current segment is the frame header of a process that decoders know: Huffman, baseline to progressive. */
    public boolean isUsualFrame() {
        return marker >= 0xC0 && marker <= 0xC2;
    }

    /** Returns the next marker, after the pixels of a scan or after what decoders skip. */
    private int marker(boolean inScan) throws IOException {
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

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
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
            return begins(payload, payload.length) ? Arrays.copyOfRange(payload, id.length, payload.length) : payload;
        }

        private boolean begins(byte[] payload, int length) {
            return length >= id.length && Arrays.equals(payload, 0, id.length, id, 0, id.length);
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
            return JpegSegments.segment(marker, payload.put(id).put(content).array());
        }
    }
}
