package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import java.util.stream.IntStream;

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
        int[] cleaned = parts(result, Orientation.UPRIGHT);
        return distance(parts(original, orientation), cleaned)
                < distance(parts(original, Orientation.UPRIGHT), cleaned);
    }

    private static int[] parts(Content picture, Orientation turn) {
        return Thumbnail.of(picture, ImageInspector.inspect(picture).turned(turn), PARTS, PARTS, SAMPLES)
                .getRaster()
                .getPixels(0, 0, PARTS, PARTS, (int[]) null);
    }

    private static int distance(int[] one, int[] other) {
        return IntStream.range(0, one.length)
                .map(i -> Math.abs(one[i] - other[i]))
                .sum();
    }
}
