package io.github.cameldewatermark.image.pixel;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Some rows of a picture as samples of 8 bits: the colours, and the alpha values. */
final class Samples {

    private static final int OPAQUE = 0xFF;

    final WritableRaster colors;
    private final byte[] alpha;

    private Samples(WritableRaster colors, byte[] alpha) {
        this.colors = colors;
        this.alpha = alpha;
    }

    int alpha(int x, int y) {
        return alpha == null ? OPAQUE : alpha[y * colors.getWidth() + x] & 0xFF;
    }

    static Samples of(BufferedImage picture, int top, int rows) {
        ColorModel model = picture.getColorModel();
        Raster source = picture.getRaster();
        int width = picture.getWidth();
        int bands = model.getNumColorComponents();
        int all = source.getNumBands();
        int most = (1 << model.getComponentSize(0)) - 1;
        boolean transparent = model.hasAlpha() && all > bands;
        WritableRaster colors = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, rows, bands, null);
        byte[] alpha = transparent ? new byte[width * rows] : null;
        int[] row = new int[width * all];
        int[] out = new int[width * bands];
        for (int y = 0; y < rows; y++) {
            source.getPixels(0, top + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int opaque = transparent ? row[x * all + bands] : most;
                for (int b = 0; b < bands; b++) {
                    int value = row[x * all + b];
                    if (model.isAlphaPremultiplied() && opaque > 0) {
                        value = (int) Math.min(most, (long) value * most / opaque);
                    }
                    out[x * bands + b] = eightBits(value, most);
                }
                if (transparent) {
                    alpha[y * width + x] = (byte) eightBits(opaque, most);
                }
            }
            colors.setPixels(0, y, width, 1, out);
        }
        return new Samples(colors, alpha);
    }

    private static int eightBits(int value, int most) {
        return most == OPAQUE ? value : (int) (((long) value * OPAQUE + most / 2) / most);
    }
}
