package io.github.cameldewatermark.sandbox.pixel;

/** Carries out one plan, on as many pictures of its size as wanted. */
final class Eraser {

    private final Unblender unblender;
    private final Inpainter inpainter;

    Eraser(ErasePlan plan) {
        this.unblender = new Unblender(plan.alpha(), plan.unblend());
        this.inpainter = new Inpainter(plan.fill());
    }

    /** Changes the picture in place, and only the pixels of the plan. */
    void erase(Raster picture) {
        unblender.unblend(picture);
        inpainter.fill(picture);
    }
}
