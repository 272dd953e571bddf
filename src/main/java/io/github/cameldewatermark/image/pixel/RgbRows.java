package io.github.cameldewatermark.image.pixel;

import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * Converts the output of readers to rows of sRGB with 8 bits per component: grey values are kept, 16 bits are reduced to 8,
 * colours are converted by their profile, and transparent pixels are blended with white.
 */
final class RgbRows {

    /** How many rows are converted by a profile at once. */
    private static final int CHUNK = 64;

    private static final int WHITE = 0xFF;

    private final ICC_ColorSpace profile;
    private final ColorConvertOp toSrgb;
    private final RowSink target;

    /**
     * @param profile the profile of the picture; {@code null} if it has none, or if the reader applies it
     */
    RgbRows(ICC_ColorSpace profile, RowSink target) {
        this.profile = profile;
        this.toSrgb = new ColorConvertOp(null);
        this.target = target;
    }

    /** Converts the first rows of a picture and passes them to the target. */
    void pass(BufferedImage strip, int rows) {
        ColorModel colors = strip.getColorModel();
        int type = strip.getRaster().getDataBuffer().getDataType();
        boolean samples = colors instanceof ComponentColorModel
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
        if (!samples) {
            packed(strip, rows);
            return;
        }
        for (int y = 0; y < rows; y += CHUNK) {
            samples(strip, y, Math.min(CHUNK, rows - y));
        }
    }

    /** Converts palettes, packed pixels, and all other kinds that aren't component samples. */
    private void packed(BufferedImage strip, int rows) {
        int width = strip.getWidth();
        int[] argb = new int[width];
        int[] palette = palette(strip.getColorModel());
        byte[] rgb = new byte[width * 3];
        for (int y = 0; y < rows; y++) {
            if (palette != null) {
                strip.getRaster().getSamples(0, y, width, 1, 0, argb);
                for (int x = 0; x < width; x++) {
                    argb[x] = palette[Math.min(argb[x], palette.length - 1)];
                }
            } else {
                strip.getRGB(0, y, width, 1, argb, 0, width);
            }
            for (int x = 0; x < width; x++) {
                int alpha = argb[x] >>> 24;
                for (int c = 0; c < 3; c++) {
                    rgb[3 * x + c] = onWhite(argb[x] >> (16 - 8 * c) & 0xFF, alpha);
                }
            }
            target.row(rgb);
        }
    }

    private static int[] palette(ColorModel colors) {
        if (!(colors instanceof IndexColorModel index)) {
            return null;
        }
        int[] palette = new int[index.getMapSize()];
        index.getRGBs(palette);
        return palette;
    }

    private void samples(BufferedImage strip, int top, int rows) {
        Samples samples = Samples.of(strip, top, rows);
        WritableRaster colors = samples.colors;
        ICC_ColorSpace space = space(strip.getColorModel().getColorSpace(), colors.getNumBands());
        int bands = colors.getNumBands();
        if (space != null) {
            colors = toSrgb(colors, space);
            bands = 3;
        }
        int width = strip.getWidth();
        int[] row = new int[width * bands];
        byte[] rgb = new byte[width * 3];
        for (int y = 0; y < rows; y++) {
            colors.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int alpha = samples.alpha(x, y);
                for (int c = 0; c < 3; c++) {
                    rgb[3 * x + c] = onWhite(component(row, x * bands, bands, c), alpha);
                }
            }
            target.row(rgb);
        }
    }

    /** Returns red, green or blue of a pixel that is grey (1 or 2 bands), RGB (3) or CMYK (4). */
    private static int component(int[] row, int at, int bands, int c) {
        return switch (bands) {
            case 1, 2 -> row[at];
            case 4 -> (WHITE - row[at + c]) * (WHITE - row[at + 3]) / WHITE;
            default -> row[at + c];
        };
    }

    private static byte onWhite(int value, int alpha) {
        return (byte) (alpha == WHITE ? value : (value * alpha + WHITE * (WHITE - alpha) + WHITE / 2) / WHITE);
    }

    /** Returns the colour space to convert from; {@code null} if the colours are sRGB already, or their space is unknown. */
    private ICC_ColorSpace space(ColorSpace space, int bands) {
        boolean plain = space.isCS_sRGB() || space == ColorSpace.getInstance(ColorSpace.CS_GRAY);
        ICC_ColorSpace icc = !plain && space instanceof ICC_ColorSpace own ? own : profile;
        return icc != null && icc.getNumComponents() == bands ? icc : null;
    }

    private WritableRaster toSrgb(Raster colors, ICC_ColorSpace space) {
        ColorModel from = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage source = new BufferedImage(from, (WritableRaster) colors, false, null);
        BufferedImage srgb = new BufferedImage(colors.getWidth(), colors.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        return toSrgb.filter(source, srgb).getRaster();
    }
}
