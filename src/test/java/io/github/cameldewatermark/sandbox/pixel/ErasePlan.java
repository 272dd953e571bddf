package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;

/**
 * What is to be done to a picture's pixels.
 *
 * @param alpha   the opacity of the white overlay on the pixels of {@code unblend}; below 1
 * @param unblend the pixels an overlay is to be taken off
 * @param fill    the pixels to inpaint afterwards
 */
record ErasePlan(float alpha, Mask unblend, Mask fill) {

    static ErasePlan fill(Mask holes) {
        return new ErasePlan(0, Mask.none(holes.width(), holes.height()), holes);
    }

    /** All pixels that may change. */
    Mask changed() {
        return unblend.or(fill);
    }

    ErasePlan crop(Rectangle box) {
        return new ErasePlan(alpha, unblend.crop(box), fill.crop(box));
    }
}
