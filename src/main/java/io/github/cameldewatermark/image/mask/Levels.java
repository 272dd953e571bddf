package io.github.cameldewatermark.image.mask;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.util.BitSet;

/**
 * The brightness of the pixels of a picture, as stored in its file. The conversions of Java 2D are not used, because they take
 * grey for linear light, and would turn a fifth of white into half of white.
 */
final class Levels {

    private static final int THRESHOLD = 128;
    private static final int WHITE = 255;

    private final BufferedImage picture;
    private final Kind kind;
    private final int bands;
    private final boolean alpha;
    private final boolean premultiplied;
    private final int[] palette;
    private final int[] bits;
    private final int[] samples;
    private boolean opaque = true;

    private enum Kind {
        PALETTE,
        GREY,
        RGB,
        OTHER
    }

    Levels(BufferedImage picture) {
        this.picture = picture;
        ColorModel colors = picture.getColorModel();
        this.kind = kind(colors);
        this.alpha = colors.hasAlpha();
        this.premultiplied = colors.isAlphaPremultiplied();
        this.palette = palette(colors);
        this.bands = kind == Kind.OTHER ? 1 : picture.getRaster().getNumBands();
        this.bits = picture.getSampleModel().getSampleSize();
        this.samples = new int[picture.getWidth() * bands];
    }

    private static Kind kind(ColorModel colors) {
        if (colors instanceof IndexColorModel) {
            return Kind.PALETTE;
        }
        return switch (colors.getColorSpace().getType()) {
            case ColorSpace.TYPE_GRAY -> Kind.GREY;
            case ColorSpace.TYPE_RGB -> Kind.RGB;
            default -> Kind.OTHER;
        };
    }

    private static int[] palette(ColorModel colors) {
        if (!(colors instanceof IndexColorModel index)) {
            return null;
        }
        int[] palette = new int[index.getMapSize()];
        index.getRGBs(palette);
        return palette;
    }

    /** Returns the pixels of a row that are closer to white than to black; transparent pixels count as black. */
    BitSet bright(int y) {
        int width = picture.getWidth();
        if (kind == Kind.OTHER) {
            picture.getRGB(0, y, width, 1, samples, 0, width);
        } else {
            picture.getRaster().getPixels(0, y, width, 1, samples);
        }
        BitSet bright = new BitSet();
        for (int x = 0; x < width; x++) {
            if (level(x * bands) >= THRESHOLD) {
                bright.set(x);
            }
        }
        return bright;
    }

    /** Whether all pixels of the rows read so far are opaque. */
    boolean opaque() {
        return opaque;
    }

    private int level(int i) {
        return switch (kind) {
            case PALETTE -> argb(palette[samples[i]]);
            case OTHER -> argb(samples[i]);
            case GREY -> seen(sample(i, 0), alpha ? sample(i, 1) : WHITE, premultiplied);
            case RGB ->
                seen(luminance(sample(i, 0), sample(i, 1), sample(i, 2)), alpha ? sample(i, 3) : WHITE, premultiplied);
        };
    }

    private int argb(int argb) {
        return seen(luminance(argb >> 16 & 0xFF, argb >> 8 & 0xFF, argb & 0xFF), argb >>> 24, false);
    }

    private int seen(int level, int alphaLevel, boolean premultiplied) {
        opaque &= alphaLevel == WHITE;
        return premultiplied ? level : level * alphaLevel / WHITE;
    }

    /** Returns a sample scaled to 8 bits. */
    private int sample(int i, int band) {
        int value = samples[i + band];
        return bits[band] > 8 ? value >> bits[band] - 8 : value * WHITE / ((1 << bits[band]) - 1);
    }

    private static int luminance(int red, int green, int blue) {
        return (299 * red + 587 * green + 114 * blue) / 1000;
    }
}
