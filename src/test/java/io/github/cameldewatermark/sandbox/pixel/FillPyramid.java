package io.github.cameldewatermark.sandbox.pixel;

import java.util.Arrays;

/**
 * Solves Laplace's equation in the holes of one channel. Each level has half the size of the one before, and its
 * solution is the next finer one's start, so that a few rounds of relaxation suffice at each.
 */
final class FillPyramid {

    private static final int ROUNDS = 24;
    /** Successive over-relaxation: more than 1 converges faster, 2 and more not at all. */
    private static final float RELAXATION = 1.5f;

    private final Mask mask;
    private final int[] holes;
    /** {@code null} when nothing is left to fill at half the size. */
    private final FillPyramid coarser;

    private FillPyramid(Mask mask, int[] holes, FillPyramid coarser) {
        this.mask = mask;
        this.holes = holes;
        this.coarser = coarser;
    }

    static FillPyramid of(Mask mask) {
        int[] holes = new int[mask.count()];
        for (int i = 0, n = 0; n < holes.length; i++) {
            if (mask.bits()[i]) {
                holes[n++] = i;
            }
        }
        boolean single = mask.bits().length == 1;
        return new FillPyramid(mask, holes, single || holes.length == 0 ? null : of(halved(mask)));
    }

    /** A pixel is a hole at half the size when there is nothing but holes below it. */
    private static Mask halved(Mask mask) {
        Mask half = Mask.none((mask.width() + 1) / 2, (mask.height() + 1) / 2);
        Arrays.fill(half.bits(), true);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                half.bits()[y / 2 * half.width() + x / 2] &= mask.bits()[y * mask.width() + x];
            }
        }
        return half;
    }

    /** The indices of the pixels that {@link #fill} changes. */
    int[] holes() {
        return holes;
    }

    /** @param values one per pixel; those in the holes are only used when there are no others */
    void fill(float[] values) {
        if (holes.length == 0) {
            return;
        }
        if (holes.length == values.length) {
            fillWithMean(values);
            return;
        }
        fillFrom(coarser.solved(values, mask), values);
        relax(values);
    }

    private static void fillWithMean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        Arrays.fill(values, (float) (sum / values.length));
    }

    /** Halves the values of the next finer level, leaving out its holes, and fills the holes that remain. */
    private float[] solved(float[] fine, Mask fineMask) {
        int width = mask.width();
        float[] values = new float[mask.bits().length];
        int[] counts = new int[values.length];
        for (int y = 0; y < fineMask.height(); y++) {
            for (int x = 0; x < fineMask.width(); x++) {
                int i = y * fineMask.width() + x;
                if (!fineMask.bits()[i]) {
                    values[y / 2 * width + x / 2] += fine[i];
                    counts[y / 2 * width + x / 2]++;
                }
            }
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= Math.max(1, counts[i]);
        }
        fill(values);
        return values;
    }

    private void fillFrom(float[] coarse, float[] values) {
        int width = mask.width();
        for (int hole : holes) {
            values[hole] = coarse[hole / width / 2 * coarser.mask.width() + hole % width / 2];
        }
    }

    private void relax(float[] values) {
        int width = mask.width();
        for (int round = 0; round < ROUNDS; round++) {
            for (int hole : holes) {
                int x = hole % width;
                float left = values[x > 0 ? hole - 1 : hole];
                float right = values[x < width - 1 ? hole + 1 : hole];
                float above = values[hole >= width ? hole - width : hole];
                float below = values[hole + width < values.length ? hole + width : hole];
                values[hole] += RELAXATION * ((left + right + above + below) * .25f - values[hole]);
            }
        }
    }
}
