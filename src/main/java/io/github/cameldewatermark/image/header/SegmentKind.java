package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The segments of a JPEG that have metadata, told by their marker and what they begin with. */
public enum SegmentKind {
    /** A TIFF structure (Exif 2.32, section 4.5). */
    EXIF(0xE1, "Exif\0\0"),
    /** XML (XMP specification, part 3). What is more than 64 KiB is in segments of another name. */
    XMP(0xE1, "http://ns.adobe.com/xap/1.0/\0"),
    /** A colour profile, or a part of it (ICC.1, annex B). */
    ICC(0xE2, "ICC_PROFILE\0"),
    /** Image resources of Photoshop, among which IPTC is one. */
    PHOTOSHOP(0xED, "Photoshop 3.0\0");

    /** As many bytes as are needed to tell. */
    public static final int LONGEST_ID = 29;

    private static final int MAX_LENGTH = 0xFFFF;

    private final int marker;
    private final byte[] id;

    SegmentKind(int marker, String id) {
        this.marker = marker;
        this.id = id.getBytes(ISO_8859_1);
    }

    /** What a segment is by its start; {@code null} if none of these. */
    public static SegmentKind of(int marker, byte[] start) {
        return Arrays.stream(values())
                .filter(kind -> kind.marker == marker && kind.startsWithId(start))
                .findFirst()
                .orElse(null);
    }

    /** The payload of a segment that has the id in front of it, or may have it. */
    public byte[] withoutId(byte[] segment) {
        return startsWithId(segment) ? Arrays.copyOfRange(segment, id.length, segment.length) : segment;
    }

    /** How much of a segment is id. */
    public int idLength() {
        return id.length;
    }

    private boolean startsWithId(byte[] bytes) {
        return bytes.length >= id.length && Arrays.equals(bytes, 0, id.length, id, 0, id.length);
    }

    /** The largest payload of one segment. */
    public int capacity() {
        return MAX_LENGTH - 2 - id.length;
    }

    /** A whole segment with its marker. */
    public byte[] segment(byte[] payload) {
        int length = 2 + id.length + payload.length;
        if (length > MAX_LENGTH) {
            throw new IllegalArgumentException(payload.length + " bytes don't fit in a segment");
        }
        byte[] segment = new byte[2 + length];
        segment[0] = (byte) 0xFF;
        segment[1] = (byte) marker;
        segment[2] = (byte) (length >> 8);
        segment[3] = (byte) length;
        System.arraycopy(id, 0, segment, 4, id.length);
        System.arraycopy(payload, 0, segment, 4 + id.length, payload.length);
        return segment;
    }
}
