package io.github.cameldewatermark.corpus;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/**
 * How much two pictures differ, in levels of 0 to 255. A JPEG of good quality keeps the brightness of each pixel, and the colour of each
 * patch: its colours may be stored for four pixels together.
 *
 * @param mean of the brightness of all pixels
 * @param peak of the mean red, green or blue of a patch of 8 x 8 px or more
 * @param size what is wrong with that; {@code null} if nothing is
 */
record Difference(double mean, double peak, String size) {

    private static final double MOST_MEAN = 5;
    private static final double MOST_PEAK = 20;
    private static final double OPPOSITE = 255;
    private static final int PATCH = 8;
    private static final int CHANNELS = 3;
    private static final double[] BRIGHTNESS = {0.299, 0.587, 0.114};

    /** The largest side of a result. */
    private static final int LARGEST_SIDE = 6000;

    private Difference(String size) {
        this(OPPOSITE, OPPOSITE, size);
    }

    /** @throws IOException they can't be compared; the message says why */
    static Difference between(FfmpegPicture original, FfmpegPicture result) throws IOException {
        int width = result.width();
        int height = result.height();
        double scale = Math.min(1.0, (double) LARGEST_SIDE / Math.max(original.width(), original.height()));
        if (Math.abs(original.width() * scale - width) >= 1 || Math.abs(original.height() * scale - height) >= 1) {
            return new Difference(width + " x " + height + " px, but the original has " + original.width() + " x "
                    + original.height());
        }
        boolean sameNumbers = Arrays.equals(original.profile(), result.profile());
        original.prepare(width, height, sameNumbers ? null : original.profile());
        result.prepare(width, height, sameNumbers ? null : result.profile());
        return between(original, result, width, height);
    }

    private static Difference between(FfmpegPicture one, FfmpegPicture other, int width, int height) {
        int[] a = new int[width * CHANNELS];
        int[] b = new int[width * CHANNELS];
        int[][] patches = new int[patches(width)][CHANNELS + 1];
        double sum = 0;
        double peak = 0;
        for (int y = 0; y < height; y++) {
            one.read(y, a);
            other.read(y, b);
            for (int x = 0; x < width; x++) {
                int[] patch = patches[Math.min(x / PATCH, patches.length - 1)];
                double brightness = 0;
                for (int c = 0; c < CHANNELS; c++) {
                    int difference = a[CHANNELS * x + c] - b[CHANNELS * x + c];
                    patch[c] += difference;
                    brightness += BRIGHTNESS[c] * difference;
                }
                patch[CHANNELS]++;
                sum += Math.abs(brightness);
            }
            if (y == height - 1 || y % PATCH == PATCH - 1 && y / PATCH < patches(height) - 1) {
                peak = Math.max(peak, peak(patches));
                patches = new int[patches(width)][CHANNELS + 1];
            }
        }
        return new Difference(sum / width / height, peak, null);
    }

    /** The last one has the rest. */
    private static int patches(int side) {
        return Math.max(1, side / PATCH);
    }

    private static double peak(int[][] patches) {
        double peak = 0;
        for (int[] patch : patches) {
            for (int c = 0; c < CHANNELS; c++) {
                peak = Math.max(peak, Math.abs(patch[c]) / (double) patch[CHANNELS]);
            }
        }
        return peak;
    }

    boolean isThatOfJpeg() {
        return mean <= MOST_MEAN && peak <= MOST_PEAK;
    }

    @Override
    public String toString() {
        return size != null ? size : String.format(Locale.ROOT, "mean %.1f, peak %.0f", mean, peak);
    }
}
