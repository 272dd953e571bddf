package io.github.cameldewatermark.image.mask;

/** Whether two pictures may be the same in different sizes. */
public final class Shape {

    /** Somebody has rounded. */
    private static final double TOLERANCE = 0.02;

    private Shape() {}

    /** Whether the sides have the same ratio, but for a fiftieth or a pixel. */
    public static boolean same(int width, int height, int otherWidth, int otherHeight) {
        double expected = (double) width * otherHeight / otherWidth;
        return Math.abs(height - expected) <= Math.max(1, TOLERANCE * expected);
    }
}
