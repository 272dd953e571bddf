package io.github.cameldewatermark.image.mask;

/** Compares the shapes of pictures, to tell whether one may be a scaled copy of another. */
public final class Shape {

    /** The relative difference that is allowed, because sizes are rounded. */
    private static final double TOLERANCE = 0.02;

    private Shape() {}

    /** Whether two sizes have the same aspect ratio, within 2 % or one pixel. */
    public static boolean same(int width, int height, int otherWidth, int otherHeight) {
        double expected = (double) width * otherHeight / otherWidth;
        return Math.abs(height - expected) <= Math.max(1, TOLERANCE * expected);
    }
}
