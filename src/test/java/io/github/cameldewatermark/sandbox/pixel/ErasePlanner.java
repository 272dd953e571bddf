package io.github.cameldewatermark.sandbox.pixel;

import java.util.Optional;

/**
 * Decides for each pixel whether an overlay can be taken off, which keeps the picture's detail, or whether it has to be
 * inpainted, which doesn't. Works on a copy reduced to about {@value #WORKING_SIZE} pixels, as the detector's thresholds
 * are for that size.
 */
final class ErasePlanner {

    private static final int WORKING_SIZE = 1280;
    /** The outline of an overlay is soft, so its opacity is not known there: this far to either side it is inpainted. */
    private static final int RIM = 2;

    private static final double LEAST_SCORE_WITH_BRUSH = 40;
    private static final double LEAST_SCORE_WITHOUT_BRUSH = 75;

    private final WatermarkDetector withBrush = new WatermarkDetector(LEAST_SCORE_WITH_BRUSH);
    private final WatermarkDetector withoutBrush = new WatermarkDetector(LEAST_SCORE_WITHOUT_BRUSH);

    /** Without a brush: empty when no watermark is found. */
    Optional<ErasePlan> planFor(Raster picture) {
        int factor = factor(picture);
        Raster small = picture.reduced(factor);
        return withoutBrush.find(small, null).flatMap(found -> {
            Mask around = found.glyphs().dilated(RIM);
            if (!new OverlayCheck(small, around, found).passes()) {
                return Optional.empty();
            }
            Mask glyphs = found.glyphs().enlarged(factor, picture.width(), picture.height());
            return Optional.of(new ErasePlan(found.alpha(), glyphs, glyphs.rim(RIM * factor)));
        });
    }

    /** Erases all that is brushed and changes nothing else. */
    ErasePlan planFor(Raster picture, Mask brush) {
        int factor = factor(picture);
        Raster small = picture.reduced(factor);
        Mask smallBrush = brush.reduced(factor);
        return withBrush
                .find(small, smallBrush)
                .map(found -> {
                    Mask trusted =
                            new OverlayCheck(small, smallBrush, found).passingParts(small.width(), small.height());
                    return plan(found, trusted, brush, factor);
                })
                .orElseGet(() -> ErasePlan.fill(brush));
    }

    /** @param trusted where the overlay can be taken off; what else is brushed is inpainted */
    private static ErasePlan plan(Watermark found, Mask trusted, Mask brush, int factor) {
        Mask here = trusted.enlarged(factor, brush.width(), brush.height()).and(brush);
        Mask glyphs = found.glyphs().enlarged(factor, brush.width(), brush.height());
        Mask rim = glyphs.rim(RIM * factor).and(here);
        return new ErasePlan(found.alpha(), glyphs.and(here), rim.or(brush.minus(here)));
    }

    private static int factor(Raster picture) {
        int longer = Math.max(picture.width(), picture.height());
        return Math.max(1, Math.round((float) longer / WORKING_SIZE));
    }
}
