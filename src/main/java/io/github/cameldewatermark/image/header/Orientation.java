package io.github.cameldewatermark.image.header;

import java.awt.geom.AffineTransform;

/**
 * How a camera was held: what has to be done to the stored pixels before they are looked at (Exif 2.32, tag 0x0112).
 */
public enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    TURNED_MIRRORED,
    TURNED_LEFT,
    TURNED_LEFT_MIRRORED,
    TURNED_RIGHT;

    /** By the number of the tag, 1 to 8; upright for any other, as viewers take it. */
    public static Orientation of(int tag) {
        return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
    }

    /** The number of the tag. */
    public int tag() {
        return ordinal() + 1;
    }

    /** Whether what is stored as the width is looked at as the height. */
    public boolean swapsSides() {
        return tag() >= 5;
    }

    /**
     * From stored to looked-at pixels.
     *
     * @param width  of the stored picture
     * @param height of the stored picture
     */
    public AffineTransform toUpright(int width, int height) {
        return switch (this) {
            case UPRIGHT -> new AffineTransform();
            case MIRRORED -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case UPSIDE_DOWN -> new AffineTransform(-1, 0, 0, -1, width, height);
            case UPSIDE_DOWN_MIRRORED -> new AffineTransform(1, 0, 0, -1, 0, height);
            case TURNED_MIRRORED -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case TURNED_LEFT -> new AffineTransform(0, 1, -1, 0, height, 0);
            case TURNED_LEFT_MIRRORED -> new AffineTransform(0, -1, -1, 0, height, width);
            case TURNED_RIGHT -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
    }
}
