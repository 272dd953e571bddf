package io.github.cameldewatermark.image.container;

import java.awt.Point;

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

    /** Returns where the upright picture has a pixel of the stored one, which has this size. */
    public Point upright(int x, int y, int width, int height) {
        int fromRight = width - 1 - x;
        int fromBottom = height - 1 - y;
        return switch (this) {
            case UPRIGHT -> new Point(x, y);
            case MIRRORED -> new Point(fromRight, y);
            case UPSIDE_DOWN -> new Point(fromRight, fromBottom);
            case UPSIDE_DOWN_MIRRORED -> new Point(x, fromBottom);
            case TURNED_MIRRORED -> new Point(y, x);
            case TURNED_LEFT -> new Point(fromBottom, x);
            case TURNED_LEFT_MIRRORED -> new Point(fromBottom, fromRight);
            case TURNED_RIGHT -> new Point(y, fromRight);
        };
    }
}
