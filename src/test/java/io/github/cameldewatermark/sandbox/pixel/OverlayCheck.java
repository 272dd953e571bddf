package io.github.cameldewatermark.sandbox.pixel;

import java.util.Arrays;

/**
 * Guards against taking off an overlay that isn't there: an inpainted area is blurred, but near to the truth, so what
 * taking the overlay off yields must be nearer to it than the picture was. Black text on a bright ground, for one, looks
 * like a bright overlay with holes; taken off, the ground gets dark, which the inpainted area isn't.
 */
final class OverlayCheck {

    /**
     * The largest distance to the inpainted area that counts as near, as a share of the picture's own. Real overlays
     * were measured at .38 to .51, black text taken for one at .65 and more.
     */
    private static final double NEAR = .58;

    private final Components parts;
    /** By part of the area: how far the picture is from the inpainted one, where there is said to be an overlay. */
    private final double[] before;
    /** The same once the overlay is taken off. */
    private final double[] after;

    /** @param area what to inpaint for comparison; holds at least what is found */
    OverlayCheck(Raster picture, Mask area, Watermark found) {
        Raster inpainted = picture.copy();
        new Inpainter(area).fill(inpainted);
        Raster unblended = picture.copy();
        new Unblender(found.alpha(), found.glyphs()).unblend(unblended);

        parts = Components.of(area);
        before = new double[parts.count() + 1];
        after = new double[parts.count() + 1];
        for (int i = 0; i < parts.labels().length; i++) {
            int part = parts.labels()[i];
            if (found.glyphs().bits()[i] && part > 0) {
                before[part] += squaredDistance(picture.rgb()[i], inpainted.rgb()[i]);
                after[part] += squaredDistance(unblended.rgb()[i], inpainted.rgb()[i]);
            }
        }
    }

    /** Whether taking off the overlay can be relied on, seen over all of the area. */
    boolean passes() {
        return isNear(Arrays.stream(before).sum(), Arrays.stream(after).sum());
    }

    /** The connected parts of the area in which taking off the overlay can be relied on. */
    Mask passingParts(int width, int height) {
        Mask passing = Mask.none(width, height);
        for (int i = 0; i < parts.labels().length; i++) {
            int part = parts.labels()[i];
            passing.bits()[i] = part > 0 && isNear(before[part], after[part]);
        }
        return passing;
    }

    private static boolean isNear(double before, double after) {
        return after < NEAR * NEAR * before;
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
