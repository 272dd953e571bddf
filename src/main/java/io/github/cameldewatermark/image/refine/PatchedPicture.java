package io.github.cameldewatermark.image.refine;

import io.github.cameldewatermark.image.mask.BrushMask;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;

/**
 * Copies the changed parts of a smaller copy into the full-size picture, only where a mask marks them. The smaller copy has
 * less detail, so the seam is softened along the inner side of the edge of the mask.
 */
final class PatchedPicture {

    private static final int SEAM = 2;

    /** How many rows are enlarged at a time, to save memory. */
    private static final int BAND = 64;

    private static final int RGB = 3;

    private final BufferedImage full;
    private final BufferedImage small;
    private final ColorSpace colours;
    private final BrushMask[] layers = new BrushMask[SEAM + 1];

    /**
     * @param full    the full-size picture, which {@link #patch()} changes: 8 bits in each of 1 (grey) or 3 (RGB) bands
     * @param colours the colour space of {@code full}; {@code null} for sRGB
     * @param small   the smaller copy, after the change
     * @param mask    what to copy; has the size of {@code full}
     */
    PatchedPicture(BufferedImage full, ColorSpace colours, BufferedImage small, BrushMask mask) {
        this.full = full;
        this.colours = colours;
        this.small = small;
        layers[0] = mask;
        for (int i = 1; i < layers.length; i++) {
            layers[i] = layers[i - 1].eroded();
        }
    }

    void patch() {
        for (int y = 0; y < full.getHeight(); y += BAND) {
            Rectangle band = new Rectangle(0, y, full.getWidth(), Math.min(BAND, full.getHeight() - y));
            Rectangle area = layers[0].bounds(band);
            if (!area.isEmpty()) {
                patch(area, enlarged(area));
            }
        }
    }

    private void patch(Rectangle area, BufferedImage enlarged) {
        WritableRaster target = full.getRaster();
        int bands = target.getNumBands();
        int[] old = new int[area.width * bands];
        int[] rgb = new int[area.width * RGB];
        for (int y = 0; y < area.height; y++) {
            target.getPixels(area.x, area.y + y, area.width, 1, old);
            enlarged.getRaster().getPixels(0, y, area.width, 1, rgb);
            for (int x = 0; x < area.width; x++) {
                int weight = weight(area.x + x, area.y + y);
                for (int band = 0; band < bands; band++) {
                    int value = bands == 1 ? grey(rgb, RGB * x) : rgb[RGB * x + band];
                    old[x * bands + band] = mixed(old[x * bands + band], value, weight);
                }
            }
            target.setPixels(area.x, area.y + y, area.width, 1, old);
        }
    }

    /** Returns the weight of the changed pixel: 0 outside of the mask, 1 at its edge, and {@code layers.length} inside. */
    private int weight(int x, int y) {
        int weight = 0;
        while (weight < layers.length && layers[weight].has(x, y)) {
            weight++;
        }
        return weight;
    }

    private int mixed(int old, int value, int weight) {
        int all = layers.length;
        return (old * (all - weight) + value * weight + all / 2) / all;
    }

    private static int grey(int[] rgb, int i) {
        return (299 * rgb[i] + 587 * rgb[i + 1] + 114 * rgb[i + 2] + 500) / 1000;
    }

    /** Returns an area of the small picture, enlarged to full size and in the colours of the full picture. */
    private BufferedImage enlarged(Rectangle area) {
        BufferedImage enlarged = new BufferedImage(area.width, area.height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = enlarged.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
            AffineTransform scale = AffineTransform.getTranslateInstance(-area.x, -area.y);
            scale.scale((double) full.getWidth() / small.getWidth(), (double) full.getHeight() / small.getHeight());
            g.drawImage(small, scale, null);
        } finally {
            g.dispose();
        }
        return inColoursOfFull(enlarged);
    }

    private BufferedImage inColoursOfFull(BufferedImage picture) {
        if (colours == null || colours.getNumComponents() != RGB) {
            return picture;
        }
        ColorModel model = new ComponentColorModel(colours, false, false, Transparency.OPAQUE, DataBuffer.TYPE_BYTE);
        BufferedImage converted = new BufferedImage(
                model, model.createCompatibleWritableRaster(picture.getWidth(), picture.getHeight()), false, null);
        return new ColorConvertOp(null).filter(picture, converted);
    }
}
