package io.github.cameldewatermark.sandbox.pixel;

import java.awt.image.BufferedImage;

/**
 * The picture engine of the sandbox, in plain Java.
 * <p>
 * With a brush, all that is brushed is erased and nothing else changes: where a white semi-transparent overlay is
 * recognised with certainty it is taken off, which brings the picture below back; elsewhere the area is inpainted from
 * its surroundings. Without a brush such an overlay is looked for; when none is found the picture stays as it is.
 * <p>
 * Pictures can be of any {@link BufferedImage} type and any size up to what fits into memory: a picture of 36 megapixels
 * takes about half a gigabyte. Transparent pixels are shown on white. Safe for use by several threads. See the package's
 * description for what is recognised and what isn't.
 */
public final class WatermarkRemover implements PictureEngine {

    private final ErasePlanner planner = new ErasePlanner();

    @Override
    public CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        Raster pixels = Raster.of(picture, Pixels.WHITE);
        ErasePlan plan = plan(pixels, brush);
        new Eraser(plan).erase(pixels);
        return new CleanedPicture(pixels.toImage(), plan.changed().toImage());
    }

    private ErasePlan plan(Raster pixels, BufferedImage brush) {
        if (brush == null) {
            return planner.planFor(pixels).orElseGet(() -> ErasePlan.fill(Mask.none(pixels.width(), pixels.height())));
        }
        return planner.planFor(pixels, Mask.of(brush).scaledTo(pixels.width(), pixels.height()));
    }
}
