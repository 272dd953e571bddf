package io.github.cameldewatermark.sandbox.pixel;

/** Takes a white overlay of known opacity off: the reverse of {@code c + alpha * (255 - c)}. */
final class Unblender {

    private final Mask covered;
    /** The original value of each value of a channel. */
    private final int[] originals = new int[256];

    /** @param alpha below 1: what is under an opaque overlay can't be told */
    Unblender(float alpha, Mask covered) {
        this.covered = covered;
        for (int value = 0; value < originals.length; value++) {
            originals[value] = Pixels.clamp((value - alpha * 255) / (1 - alpha));
        }
    }

    /** Changes the covered pixels in place. */
    void unblend(Raster picture) {
        int[] rgb = picture.rgb();
        for (int i = 0; i < rgb.length; i++) {
            if (covered.bits()[i]) {
                int pixel = rgb[i];
                rgb[i] = Pixels.pack(
                        originals[Pixels.channel(pixel, 0)],
                        originals[Pixels.channel(pixel, 1)],
                        originals[Pixels.channel(pixel, 2)]);
            }
        }
    }
}
