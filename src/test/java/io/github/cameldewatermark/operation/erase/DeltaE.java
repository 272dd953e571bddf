package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.image.BufferedImage;

/** How far apart colours look (CIE 1976): 1 is hardly seen, 2 to 3 is seen side by side. */
final class DeltaE {

    private static final double[] WHITE = {0.9505, 1, 1.089};

    private DeltaE() {}

    /** The mean where the mask is black. */
    static double mean(byte[] one, byte[] other, byte[] mask) {
        BufferedImage a = TestPictures.image(one);
        BufferedImage b = TestPictures.image(other);
        BufferedImage where = TestPictures.image(mask);
        double sum = 0;
        int count = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                if ((where.getRGB(x, y) & 0xFF) < 128) {
                    sum += distance(lab(a.getRGB(x, y)), lab(b.getRGB(x, y)));
                    count++;
                }
            }
        }
        return sum / count;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }

    private static double[] lab(int rgb) {
        double r = linear(rgb >> 16 & 0xFF);
        double g = linear(rgb >> 8 & 0xFF);
        double b = linear(rgb & 0xFF);
        double x = f((0.4124 * r + 0.3576 * g + 0.1805 * b) / WHITE[0]);
        double y = f((0.2126 * r + 0.7152 * g + 0.0722 * b) / WHITE[1]);
        double z = f((0.0193 * r + 0.1192 * g + 0.9505 * b) / WHITE[2]);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double linear(int level) {
        double c = level / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double f(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
    }
}
