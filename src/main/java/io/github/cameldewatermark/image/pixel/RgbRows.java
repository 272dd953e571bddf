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
 * Makes rows of sRGB, 8 bits each, of what readers give: grey is taken as it is, 16 bits lose the lower 8, colours go through
 * their profile, and what is transparent is put onto white.
 */
final class RgbRows {

    /** As many rows go through a profile at once. */
    private static final int CHUNK = 64;

    private static final int WHITE = 0xFF;

    private final ICC_ColorSpace profile;
    private final ColorConvertOp toSrgb;
    private final RowSink target;

    /**
     * @param profile of the picture, where its reader doesn't know about it; or {@code null}
     */
    RgbRows(ICC_ColorSpace profile, RowSink target) {
        this.profile = profile;
        this.toSrgb = new ColorConvertOp(null);
        this.target = target;
    }

    /** Passes on the first rows of a picture. */
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

    /** Palettes, packed pixels, and whatever else there is. */
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

    /** Red, green or blue of grey, of colour, or of ink. */
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

    /** By what the colours have to be converted; {@code null} if they are sRGB already. */
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
