package io.github.cameldewatermark.image.container;

import java.awt.geom.AffineTransform;

/** The orientation in which a picture is stored, and so the transformation that shows it upright (Exif 2.32, tag 0x0112). */
public enum Orientation {
    UPRIGHT,
    MIRRORED,
    UPSIDE_DOWN,
    UPSIDE_DOWN_MIRRORED,
    TURNED_MIRRORED,
    TURNED_LEFT,
    TURNED_LEFT_MIRRORED,
    TURNED_RIGHT;

    /** Returns the orientation for a value of the tag, 1 to 8; {@code UPRIGHT} for any other value, as viewers do. */
    public static Orientation of(int tag) {
        return tag >= 1 && tag <= 8 ? values()[tag - 1] : UPRIGHT;
    }

    public int tag() {
        return ordinal() + 1;
    }

    /** Whether the stored width is the height of the upright picture. */
    public boolean swapsSides() {
        return tag() >= 5;
    }

    /** Returns the transformation from coordinates of the stored picture, which has this size, to those of the upright one. */
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
