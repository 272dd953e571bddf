package io.github.cameldewatermark.image;

import java.util.Arrays;

/** Formats told by the first bytes of a file. */
public enum PictureFormat {
    JPEG("a JPEG picture", 0xFF, 0xD8, 0xFF),
    PNG("a PNG picture", 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A),
    GIF("a GIF picture", 'G', 'I', 'F', '8'),
    BMP("a BMP picture", 'B', 'M'),
    TIFF_LITTLE_ENDIAN("a TIFF picture", 'I', 'I', 0x2A, 0),
    TIFF_BIG_ENDIAN("a TIFF picture", 'M', 'M', 0, 0x2A),
    PDF("a PDF document", '%', 'P', 'D', 'F', '-'),
    WEBP("a WebP picture") {
        @Override
        boolean matches(byte[] head) {
            return head.length >= 12
                    && head[0] == 'R'
                    && head[1] == 'I'
                    && head[2] == 'F'
                    && head[3] == 'F'
                    && head[8] == 'W'
                    && head[9] == 'E'
                    && head[10] == 'B'
                    && head[11] == 'P';
        }
    },
    UNKNOWN("no picture that is known here") {
        @Override
        boolean matches(byte[] head) {
            return true;
        }
    };

    /** How many bytes are enough to tell. */
    static final int HEAD = 12;

    private final String description;
    private final int[] magic;

    PictureFormat(String description, int... magic) {
        this.description = description;
        this.magic = magic;
    }

    /** What it is, with its article, for messages. */
    public String description() {
        return description;
    }

    static PictureFormat of(byte[] head) {
        return Arrays.stream(values())
                .filter(format -> format.matches(head))
                .findFirst()
                .orElse(UNKNOWN);
    }

    boolean matches(byte[] head) {
        if (head.length < magic.length) {
            return false;
        }
        for (int i = 0; i < magic.length; i++) {
            if ((head[i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }
}
