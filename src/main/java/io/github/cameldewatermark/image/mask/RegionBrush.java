package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.Refusal;
import java.nio.charset.StandardCharsets;

/** A brush from rectangles. */
final class RegionBrush extends Brush {

    private final MaskRegion region;

    RegionBrush(MaskRegion region) {
        this.region = region;
    }

    @Override
    public BrushMask mask(String picture, int width, int height) {
        String outside = region.outside(width, height);
        if (outside != null) {
            throw Refusal.of(
                    picture + " has " + width + " x " + height + " px, and " + outside
                            + " of the option maskRegion is outside of that",
                    null);
        }
        return BrushMask.of(width, height, region.in(width, height));
    }

    @Override
    public Content source() {
        return Content.of("the region", region.toString().getBytes(StandardCharsets.UTF_8));
    }
}
