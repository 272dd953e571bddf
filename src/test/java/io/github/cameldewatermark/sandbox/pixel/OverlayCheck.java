package io.github.cameldewatermark.sandbox.pixel;

/**
 * Guards against taking off an overlay that isn't there: an inpainted area is blurred, but near to the truth, so what
 * taking the overlay off yields must be nearer to it than the picture was. Black text on a bright ground, for one, looks
 * like a bright overlay with holes; taken off, the ground gets dark, which the inpainted area isn't.
 */
final class OverlayCheck {

    /** The largest distance to the inpainted area that counts as near, as a share of the picture's own. */
    private static final double NEAR = .6;

    private final Raster picture;
    private final Mask brush;
    private final Watermark found;

    OverlayCheck(Raster picture, Mask brush, Watermark found) {
        this.picture = picture;
        this.brush = brush;
        this.found = found;
    }

    /** The connected parts of the brush in which taking off the overlay can be relied on. */
    Mask trusted() {
        Raster inpainted = picture.copy();
        new Inpainter(brush).fill(inpainted);
        Raster unblended = picture.copy();
        new Unblender(found.alpha(), found.glyphs()).unblend(unblended);

        Components parts = Components.of(brush);
        double[] before = new double[parts.count() + 1];
        double[] after = new double[parts.count() + 1];
        for (int i = 0; i < parts.labels().length; i++) {
            int part = parts.labels()[i];
            if (found.glyphs().bits()[i] && part > 0) {
                before[part] += squaredDistance(picture.rgb()[i], inpainted.rgb()[i]);
                after[part] += squaredDistance(unblended.rgb()[i], inpainted.rgb()[i]);
            }
        }
        Mask trusted = Mask.none(brush.width(), brush.height());
        for (int i = 0; i < parts.labels().length; i++) {
            int part = parts.labels()[i];
            trusted.bits()[i] = part > 0 && after[part] < NEAR * NEAR * before[part];
        }
        return trusted;
    }

    private static int squaredDistance(int a, int b) {
        int sum = 0;
        for (int k = 0; k < Pixels.CHANNELS; k++) {
            int difference = Pixels.channel(a, k) - Pixels.channel(b, k);
            sum += difference * difference;
        }
        return sum;
    }
}
