package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import java.awt.image.BufferedImage;

/** Compares two JPEGs by the colours of their parts, which is enough to see whether one of them was turned. */
final class Likeness {

    /** About how many pixels are read, in each direction, for a pixel of a thumbnail. */
    private static final int SAMPLES = 32;

    private static final int PARTS = 16;

    private Likeness() {}

    /**
     * Whether a result resembles the upright original more than the original as it is stored.
     *
     * @param orientation the orientation of the original
     * @throws DewatermarkInputException if one of them can't be read
     */
    static boolean madeUpright(Content original, Orientation orientation, Content result) {
        BufferedImage cleaned = parts(result, Orientation.UPRIGHT);
        return distance(parts(original, orientation), cleaned)
                < distance(parts(original, Orientation.UPRIGHT), cleaned);
    }

    private static BufferedImage parts(Content picture, Orientation turn) {
        return Thumbnail.of(picture, ImageInspector.inspect(picture).turned(turn), PARTS, PARTS, SAMPLES);
    }

    private static long distance(BufferedImage one, BufferedImage other) {
        long sum = 0;
        for (int y = 0; y < PARTS; y++) {
            for (int x = 0; x < PARTS; x++) {
                for (int band = 0; band < 3; band++) {
                    sum += Math.abs(one.getRaster().getSample(x, y, band)
                            - other.getRaster().getSample(x, y, band));
                }
            }
        }
        return sum;
    }
}
