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
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Converts the output of readers to rows of sRGB with 8 bits per component: 16 bits are reduced to 8, colours are converted by
 * their profile, transparent pixels are blended with a background. Grey is kept as it is stored, as viewers do: Java takes it
 * for linear light, and would make it too light.
 */
public final class RgbRows {

    /** How many rows are converted by a profile at once. */
    private static final int CHUNK = 64;

    private static final int MOST = 0xFF;

    private final ICC_ColorSpace profile;
    private final int background;
    private final Consumer<byte[]> target;
    private final ColorConvertOp toSrgb = new ColorConvertOp(null);
    private boolean opaque = true;
    private boolean visible;

    /**
     * @param profile    the profile of the picture; {@code null} if it has none, or if the reader applies it
     * @param background the grey level behind transparent pixels
     * @param target     receives red, green and blue of each pixel of a row, in an array that is valid until the call returns
     */
    public RgbRows(ICC_ColorSpace profile, int background, Consumer<byte[]> target) {
        this.profile = profile;
        this.background = background;
        this.target = target;
    }

    public boolean opaque() {
        return opaque;
    }

    /** Whether any pixel isn't wholly transparent. */
    boolean visible() {
        return visible;
    }

    /** Converts the first rows of a picture and passes them to the target. */
    public void pass(BufferedImage strip, int rows) {
        int type = strip.getRaster().getDataBuffer().getDataType();
        boolean isOfSamples = strip.getColorModel() instanceof ComponentColorModel
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
        for (int y = 0; y < rows; y += CHUNK) {
            int count = Math.min(CHUNK, rows - y);
            if (isOfSamples) {
                samples(strip, y, count);
            } else {
                samples(unpacked(strip, y, count), 0, count);
            }
        }
    }

    /** Returns some rows of a picture with a palette, packed pixels and the like, with a sample for each component. */
    private BufferedImage unpacked(BufferedImage strip, int top, int rows) {
        int width = strip.getWidth();
        int[] argb = strip.getRGB(0, top, width, rows, null, 0, width);
        boolean grey = strip.getColorModel() instanceof IndexColorModel palette && isGrey(palette);
        BufferedImage samples =
                new BufferedImage(width, rows, grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_ARGB);
        if (grey) {
            Arrays.setAll(argb, i -> argb[i] & MOST);
            samples.getRaster().setPixels(0, 0, width, rows, argb);
        } else {
            samples.setRGB(0, 0, width, rows, argb, 0, width);
        }
        return samples;
    }

    /** Whether a palette stands for the few levels of a grey picture, which has a profile of grey. */
    private boolean isGrey(IndexColorModel palette) {
        return profile != null
                && profile.getNumComponents() == 1
                && !palette.hasAlpha()
                && IntStream.range(0, palette.getMapSize())
                        .map(palette::getRGB)
                        .allMatch(rgb -> (rgb & 0xFFFF) == (rgb >> 8 & 0xFFFF));
    }

    private void samples(BufferedImage strip, int top, int rows) {
        ColorModel model = strip.getColorModel();
        int width = strip.getWidth();
        int bands = model.getNumColorComponents();
        byte[] alpha = model.hasAlpha() && strip.getRaster().getNumBands() > bands ? new byte[width * rows] : null;
        WritableRaster colours = eightBits(strip, top, rows, alpha);
        ICC_ColorSpace space = space(model.getColorSpace(), bands);
        if (space != null) {
            colours = toSrgb(colours, space);
            bands = 3;
        }
        int[] row = new int[width * bands];
        byte[] rgb = new byte[width * 3];
        for (int y = 0; y < rows; y++) {
            colours.getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int opacity = alpha == null ? MOST : alpha[y * width + x] & 0xFF;
                for (int c = 0; c < 3; c++) {
                    rgb[3 * x + c] = blended(component(row, x * bands, bands, c), opacity);
                }
            }
            target.accept(rgb);
        }
    }

    /** Returns the colours of some rows with 8 bits per sample; {@code alpha} receives the alpha values unless it is null. */
    private static WritableRaster eightBits(BufferedImage picture, int top, int rows, byte[] alpha) {
        ColorModel model = picture.getColorModel();
        int width = picture.getWidth();
        int bands = model.getNumColorComponents();
        int all = picture.getRaster().getNumBands();
        int most = (1 << model.getComponentSize(0)) - 1;
        WritableRaster colours = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, rows, bands, null);
        int[] row = new int[width * all];
        int[] out = new int[width * bands];
        for (int y = 0; y < rows; y++) {
            picture.getRaster().getPixels(0, top + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int opacity = alpha == null ? most : row[x * all + bands];
                for (int b = 0; b < bands; b++) {
                    int value = row[x * all + b];
                    if (model.isAlphaPremultiplied() && opacity > 0) {
                        value = (int) Math.min(most, (long) value * most / opacity);
                    }
                    out[x * bands + b] = eightBits(value, most);
                }
                if (alpha != null) {
                    alpha[y * width + x] = (byte) eightBits(opacity, most);
                }
            }
            colours.setPixels(0, y, width, 1, out);
        }
        return colours;
    }

    private static int eightBits(int value, int most) {
        return most == MOST ? value : (int) (((long) value * MOST + most / 2) / most);
    }

    /** Returns red, green or blue of a pixel that is grey (1 or 2 bands), RGB (3) or CMYK (4). */
    private static int component(int[] row, int at, int bands, int c) {
        return switch (bands) {
            case 1, 2 -> row[at];
            case 4 -> (MOST - row[at + c]) * (MOST - row[at + 3]) / MOST;
            default -> row[at + c];
        };
    }

    private byte blended(int value, int alpha) {
        visible |= alpha != 0;
        if (alpha == MOST) {
            return (byte) value;
        }
        opaque = false;
        return (byte) ((value * alpha + background * (MOST - alpha) + MOST / 2) / MOST);
    }

    /** Returns the colour space to convert from; {@code null} if the colours are sRGB already, or their space is unknown. */
    private ICC_ColorSpace space(ColorSpace space, int bands) {
        boolean plain = space.isCS_sRGB() || space == ColorSpace.getInstance(ColorSpace.CS_GRAY);
        ICC_ColorSpace icc = !plain && space instanceof ICC_ColorSpace own ? own : profile;
        return icc != null && icc.getNumComponents() == bands ? icc : null;
    }

    private WritableRaster toSrgb(WritableRaster colours, ICC_ColorSpace space) {
        ColorModel from = new ComponentColorModel(space, false, false, ColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage source = new BufferedImage(from, colours, false, null);
        BufferedImage srgb = new BufferedImage(colours.getWidth(), colours.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        return toSrgb.filter(source, srgb).getRaster();
    }
}
