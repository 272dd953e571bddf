package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The kinds of JPEG segments that contain metadata, recognised by their marker and the id at their beginning. */
public enum SegmentKind {
    /** A TIFF structure (Exif 2.32, section 4.5). */
    EXIF(0xE1, "Exif\0\0"),
    /** XML (XMP specification, part 3). Parts beyond 64 KiB are in segments with another id. */
    XMP(0xE1, "http://ns.adobe.com/xap/1.0/\0"),
    /** A colour profile, or a part of it (ICC.1, annex B). */
    ICC(0xE2, "ICC_PROFILE\0"),
    /** Image resources of Photoshop, one of which is IPTC. */
    PHOTOSHOP(0xED, "Photoshop 3.0\0");

    /** How many bytes of a segment are needed to recognise its kind. */
    public static final int LONGEST_ID = 29;

    private static final int MAX_LENGTH = 0xFFFF;

    private final int marker;
    private final byte[] id;

    SegmentKind(int marker, String id) {
        this.marker = marker;
        this.id = id.getBytes(ISO_8859_1);
    }

    /** Returns the kind of a segment by its marker and its first bytes; {@code null} if it is none of these. */
    public static SegmentKind of(int marker, byte[] start) {
        return Arrays.stream(values())
                .filter(kind -> kind.marker == marker && kind.startsWithId(start))
                .findFirst()
                .orElse(null);
    }

    /** Returns the payload without the id at its beginning, if it has one. */
    public byte[] withoutId(byte[] segment) {
        return startsWithId(segment) ? Arrays.copyOfRange(segment, id.length, segment.length) : segment;
    }

    /** Returns the length of the id in bytes. */
    public int idLength() {
        return id.length;
    }

    private boolean startsWithId(byte[] bytes) {
        return bytes.length >= id.length && Arrays.equals(bytes, 0, id.length, id, 0, id.length);
    }

    /** Returns the length of the largest payload of one segment in bytes, without the id. */
    public int capacity() {
        return MAX_LENGTH - 2 - id.length;
    }

    /** Returns a complete segment with its marker, its length and the id. */
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
