package io.github.cameldewatermark.sandbox.pixel;

import java.awt.image.BufferedImage;

/** Peak signal-to-noise ratio: how near one picture is to another, in decibels; infinite for the same one. */
final class Psnr {

    private Psnr() {}

    /** @param area the pixels to compare */
    static double between(Raster a, Raster b, Mask area) {
        double squares = 0;
        for (int i = 0; i < area.bits().length; i++) {
            for (int k = 0; area.bits()[i] && k < Pixels.CHANNELS; k++) {
                double difference = Pixels.channel(a.rgb()[i], k) - Pixels.channel(b.rgb()[i], k);
                squares += difference * difference;
            }
        }
        return 10 * Math.log10(255 * 255 * 3.0 * area.count() / squares);
    }

    static double between(BufferedImage a, BufferedImage b, BufferedImage area) {
        return between(Raster.of(a, Pixels.BLACK), Raster.of(b, Pixels.BLACK), Mask.of(area));
    }
}
