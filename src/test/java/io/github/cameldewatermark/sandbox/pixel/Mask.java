package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.Arrays;

/**
 * A set of a picture's pixels. No operation changes the mask it is called on.
 *
 * @param width  in pixels
 * @param height in pixels
 * @param bits   row by row; shared, not copied
 */
record Mask(int width, int height, boolean[] bits) {

    private static final int NEVER = Integer.MIN_VALUE / 2;

    static Mask none(int width, int height) {
        return new Mask(width, height, new boolean[width * height]);
    }

    /** The pixels that are rather white than black; transparent ones count as black. */
    static Mask of(BufferedImage image) {
        Raster raster = Raster.of(image, Pixels.BLACK);
        boolean[] bits = new boolean[raster.rgb().length];
        for (int i = 0; i < bits.length; i++) {
            int pixel = raster.rgb()[i];
            bits[i] = Pixels.channel(pixel, 0) + Pixels.channel(pixel, 1) + Pixels.channel(pixel, 2) > 3 * 127;
        }
        return new Mask(raster.width(), raster.height(), bits);
    }

    /** White where set, of type {@link BufferedImage#TYPE_BYTE_GRAY}. */
    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        byte[] grey = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < bits.length; i++) {
            grey[i] = (byte) (bits[i] ? 255 : 0);
        }
        return image;
    }

    int count() {
        int count = 0;
        for (boolean bit : bits) {
            count += bit ? 1 : 0;
        }
        return count;
    }

    boolean isEmpty() {
        for (boolean bit : bits) {
            if (bit) {
                return false;
            }
        }
        return true;
    }

    Mask and(Mask other) {
        boolean[] result = new boolean[bits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = bits[i] && other.bits[i];
        }
        return new Mask(width, height, result);
    }

    Mask or(Mask other) {
        boolean[] result = new boolean[bits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = bits[i] || other.bits[i];
        }
        return new Mask(width, height, result);
    }

    Mask minus(Mask other) {
        boolean[] result = new boolean[bits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = bits[i] && !other.bits[i];
        }
        return new Mask(width, height, result);
    }

    Mask not() {
        boolean[] result = new boolean[bits.length];
        for (int i = 0; i < result.length; i++) {
            result[i] = !bits[i];
        }
        return new Mask(width, height, result);
    }

    /** Adds every pixel at most {@code radius} columns and rows away. */
    Mask dilated(int radius) {
        return new Mask(width, height, dilatedDown(dilatedAcross(radius), radius));
    }

    /** A pixel is decided when all that it depends on has been seen, so that one pass is enough. */
    private boolean[] dilatedAcross(int radius) {
        boolean[] result = new boolean[bits.length];
        for (int row = 0; row < bits.length; row += width) {
            int seen = NEVER;
            for (int x = 0; x < width + radius; x++) {
                seen = x < width && bits[row + x] ? x : seen;
                if (x >= radius) {
                    result[row + x - radius] = x - seen <= 2 * radius;
                }
            }
        }
        return result;
    }

    /** Goes row by row, with what was seen in each column aside: columns one by one would miss the cache each time. */
    private boolean[] dilatedDown(boolean[] across, int radius) {
        boolean[] result = new boolean[across.length];
        int[] seen = new int[width];
        Arrays.fill(seen, NEVER);
        for (int y = 0; y < height + radius; y++) {
            for (int x = 0, i = y * width; y < height && x < width; x++, i++) {
                seen[x] = across[i] ? y : seen[x];
            }
            for (int x = 0, i = (y - radius) * width; y >= radius && x < width; x++, i++) {
                result[i] = y - seen[x] <= 2 * radius;
            }
        }
        return result;
    }

    /** The pixels at most {@code radius} away from the outline, on either side of it. */
    Mask rim(int radius) {
        return dilated(radius).and(not().dilated(radius));
    }

    /** This mask on a picture of another size: every pixel takes the value of the nearest one here. */
    Mask scaledTo(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height) {
            return this;
        }
        boolean[] result = new boolean[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            int row = (int) ((2L * y + 1) * height / (2L * newHeight)) * width;
            for (int x = 0; x < newWidth; x++) {
                result[y * newWidth + x] = bits[row + (int) ((2L * x + 1) * width / (2L * newWidth))];
            }
        }
        return new Mask(newWidth, newHeight, result);
    }

    /** The counterpart of {@link Raster#reduced}: set where any pixel of the square is. */
    Mask reduced(int factor) {
        if (factor == 1) {
            return this;
        }
        Mask small = none(width / factor, height / factor);
        for (int y = 0; y < small.height * factor; y++) {
            for (int x = 0; x < small.width * factor; x++) {
                small.bits[y / factor * small.width + x / factor] |= bits[y * width + x];
            }
        }
        return small;
    }

    /** Undoes {@link #reduced}; what it left out at the right and at the bottom is not set. */
    Mask enlarged(int factor, int newWidth, int newHeight) {
        if (factor == 1) {
            return this;
        }
        Mask large = none(newWidth, newHeight);
        for (int y = 0; y < height * factor; y++) {
            for (int x = 0; x < width * factor; x++) {
                large.bits[y * newWidth + x] = bits[y / factor * width + x / factor];
            }
        }
        return large;
    }

    /** Undoes {@link #crop}; nothing is set around the box. */
    Mask placedAt(Rectangle box, int newWidth, int newHeight) {
        Mask large = none(newWidth, newHeight);
        for (int y = 0; y < box.height; y++) {
            System.arraycopy(bits, y * width, large.bits, (box.y + y) * newWidth + box.x, width);
        }
        return large;
    }

    Mask crop(Rectangle box) {
        Mask cut = none(box.width, box.height);
        for (int y = 0; y < box.height; y++) {
            System.arraycopy(bits, (box.y + y) * width + box.x, cut.bits, y * box.width, box.width);
        }
        return cut;
    }
}
