package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.WritableRaster;

/**
 * A picture as plain numbers.
 *
 * @param width  in pixels
 * @param height in pixels
 * @param rgb    row by row, {@code 0xRRGGBB}; shared, not copied
 */
record Raster(int width, int height, int[] rgb) {

    /**
     * Copies an image of any type.
     *
     * @param backdrop the colour transparent pixels are shown on, {@code 0xRRGGBB}
     */
    static Raster of(BufferedImage image, int backdrop) {
        int width = image.getWidth();
        int height = image.getHeight();
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            return new Raster(width, height, greyPixels(image, backdrop));
        }
        BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.drawImage(image, 0, 0, new Color(backdrop), null);
        graphics.dispose();
        int[] rgb = ((DataBufferInt) copy.getRaster().getDataBuffer()).getData();
        for (int i = 0; i < rgb.length; i++) {
            // Java 2D leaves anything in the unused byte
            rgb[i] &= Pixels.WHITE;
        }
        return new Raster(width, height, rgb);
    }

    /** Takes grey samples as they are: Java 2D converts some grey types with another gamma, which brightens them. */
    private static int[] greyPixels(BufferedImage image, int backdrop) {
        int width = image.getWidth();
        ColorModel model = image.getColorModel();
        WritableRaster samples = image.getRaster();
        int shift = Math.max(0, model.getComponentSize(0) - 8);
        int alphaShift = model.hasAlpha() ? Math.max(0, model.getComponentSize(1) - 8) : 0;
        int[] rgb = new int[width * image.getHeight()];
        int[] row = new int[width * samples.getNumBands()];
        for (int y = 0; y < image.getHeight(); y++) {
            samples.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int at = x * samples.getNumBands();
                float alpha = model.hasAlpha() ? (row[at + 1] >> alphaShift) / 255f : 1;
                int grey = Pixels.clamp(alpha * (row[at] >> shift) + (1 - alpha) * Pixels.channel(backdrop, 0));
                rgb[y * width + x] = Pixels.pack(grey, grey, grey);
            }
        }
        return rgb;
    }

    /** An image of type {@link BufferedImage#TYPE_INT_RGB} that shares these pixels. */
    BufferedImage toImage() {
        DirectColorModel model = new DirectColorModel(24, 0xFF0000, 0xFF00, 0xFF);
        WritableRaster raster = java.awt.image.Raster.createPackedRaster(
                new DataBufferInt(rgb, rgb.length), width, height, width, model.getMasks(), null);
        return new BufferedImage(model, raster, false, null);
    }

    Raster copy() {
        return new Raster(width, height, rgb.clone());
    }

    Raster crop(Rectangle box) {
        int[] cut = new int[box.width * box.height];
        for (int y = 0; y < box.height; y++) {
            System.arraycopy(rgb, (box.y + y) * width + box.x, cut, y * box.width, box.width);
        }
        return new Raster(box.width, box.height, cut);
    }

    /** Each pixel the mean of a square of {@code factor} by {@code factor} pixels; an incomplete last one is left out. */
    Raster reduced(int factor) {
        if (factor == 1) {
            return this;
        }
        int smallWidth = width / factor;
        int smallHeight = height / factor;
        int[] small = new int[smallWidth * smallHeight];
        for (int y = 0; y < smallHeight; y++) {
            for (int x = 0; x < smallWidth; x++) {
                small[y * smallWidth + x] = mean(x * factor, y * factor, factor);
            }
        }
        return new Raster(smallWidth, smallHeight, small);
    }

    private int mean(int left, int top, int size) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int y = top; y < top + size; y++) {
            for (int x = left; x < left + size; x++) {
                int pixel = rgb[y * width + x];
                red += Pixels.channel(pixel, 0);
                green += Pixels.channel(pixel, 1);
                blue += Pixels.channel(pixel, 2);
            }
        }
        int count = size * size;
        return Pixels.pack(red / count, green / count, blue / count);
    }
}
