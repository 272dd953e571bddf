package io.github.cameldewatermark.sandbox.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * A picture's edges, and what each tells about a white overlay.
 * <p>
 * A white overlay of opacity {@code a} turns a colour {@code c} into {@code c + a * (255 - c)}. A little to either side
 * of its outline the picture below is nearly the same, so {@code a = (in - out) / (255 - out)}, and, unlike at an edge
 * of the picture itself, it is the same in red, green and blue.
 *
 * @param edges every edge pixel, whether it has a vote or not
 * @param votes the votes of the edge pixels whose channels agree
 */
record EdgeVotes(Mask edges, List<AlphaVote> votes) {

    /** How far from the edge both sides are looked at: past the blur of scaling and of JPEG. */
    private static final int REACH = 3;
    /** Keeps all that is looked at around an edge inside the picture. */
    private static final int BORDER = 2 * REACH;

    private static final float WEAKEST_GRADIENT = 50;
    private static final float LARGEST_DISAGREEMENT = .12f;
    /** A channel this close to white says little about the overlay. */
    private static final float LEAST_HEADROOM = 12;

    private static final float LEAST_TOTAL_HEADROOM = 60;

    /** @param within where to look, {@code null}: everywhere */
    static EdgeVotes of(Raster picture, Mask within) {
        int width = picture.width();
        int height = picture.height();
        float[][] smooth = new float[Pixels.CHANNELS][];
        for (int k = 0; k < Pixels.CHANNELS; k++) {
            smooth[k] = blurred(channel(picture, k), width, height);
        }
        Gradient gradient = Gradient.of(smooth, width, height);
        Mask edges = Mask.none(width, height);
        List<AlphaVote> votes = new ArrayList<>();
        for (int y = BORDER; y < height - BORDER; y++) {
            for (int x = BORDER; x < width - BORDER; x++) {
                int i = y * width + x;
                if ((within == null || within.bits()[i]) && gradient.peaksAt(x, y)) {
                    edges.bits()[i] = true;
                    vote(smooth, gradient, x, y, votes);
                }
            }
        }
        return new EdgeVotes(edges, votes);
    }

    /** How many votes are for an opacity, or at most so far from it. */
    long votesNear(float alpha, float distance) {
        return votes.stream().filter(vote -> vote.isWithin(distance, alpha)).count();
    }

    private static void vote(float[][] smooth, Gradient gradient, int x, int y, List<AlphaVote> votes) {
        int at = y * gradient.width + x;
        float normalX = gradient.x[at] / gradient.strength(at);
        float normalY = gradient.y[at] / gradient.strength(at);
        int inside = gradient.index(x, y, REACH * normalX, REACH * normalY);
        int outside = gradient.index(x, y, -REACH * normalX, -REACH * normalY);
        float least = Float.MAX_VALUE;
        float most = -Float.MAX_VALUE;
        float headrooms = 0;
        float weighted = 0;
        for (float[] channel : smooth) {
            float headroom = 255 - channel[outside];
            if (headroom >= LEAST_HEADROOM) {
                float alpha = (channel[inside] - channel[outside]) / headroom;
                least = Math.min(least, alpha);
                most = Math.max(most, alpha);
                headrooms += headroom;
                weighted += headroom * alpha;
            }
        }
        if (headrooms >= LEAST_TOTAL_HEADROOM && most - least <= LARGEST_DISAGREEMENT) {
            float alpha = weighted / headrooms;
            if (alpha > .05f && alpha < .95f) {
                votes.add(new AlphaVote(at, alpha, inside, outside, normalX, normalY));
            }
        }
    }

    private static float[] channel(Raster picture, int channel) {
        float[] values = new float[picture.rgb().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Pixels.channel(picture.rgb()[i], channel);
        }
        return values;
    }

    /** A Gaussian of 0.8 pixels. */
    private static float[] blurred(float[] values, int width, int height) {
        float[] across = new float[values.length];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < width; x++) {
                across[row + x] = weighted(
                        values[row + Math.max(0, x - 2)],
                        values[row + Math.max(0, x - 1)],
                        values[row + x],
                        values[row + Math.min(width - 1, x + 1)],
                        values[row + Math.min(width - 1, x + 2)]);
            }
        }
        float[] both = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                both[y * width + x] = weighted(
                        across[Math.max(0, y - 2) * width + x],
                        across[Math.max(0, y - 1) * width + x],
                        across[y * width + x],
                        across[Math.min(height - 1, y + 1) * width + x],
                        across[Math.min(height - 1, y + 2) * width + x]);
            }
        }
        return both;
    }

    private static float weighted(float a, float b, float c, float d, float e) {
        return .0219f * (a + e) + .2285f * (b + d) + .4992f * c;
    }

    /** The Sobel gradient of the brightness. */
    private static final class Gradient {

        private final int width;
        private final float[] x;
        private final float[] y;

        private Gradient(int width, int length) {
            this.width = width;
            this.x = new float[length];
            this.y = new float[length];
        }

        static Gradient of(float[][] channels, int width, int height) {
            float[] grey = new float[width * height];
            for (int i = 0; i < grey.length; i++) {
                grey[i] = .299f * channels[0][i] + .587f * channels[1][i] + .114f * channels[2][i];
            }
            Gradient gradient = new Gradient(width, grey.length);
            for (int row = 1; row < height - 1; row++) {
                for (int column = 1; column < width - 1; column++) {
                    int i = row * width + column;
                    int up = i - width;
                    int down = i + width;
                    float diagonal = grey[down + 1] - grey[up - 1];
                    float antidiagonal = grey[up + 1] - grey[down - 1];
                    gradient.x[i] = diagonal + antidiagonal + 2 * (grey[i + 1] - grey[i - 1]);
                    gradient.y[i] = diagonal - antidiagonal + 2 * (grey[down] - grey[up]);
                }
            }
            return gradient;
        }

        /** Whether the picture changes here, and at least as much as right before and after in the same direction. */
        boolean peaksAt(int column, int row) {
            float here = square(row * width + column);
            if (here < WEAKEST_GRADIENT * WEAKEST_GRADIENT) {
                return false;
            }
            float strength = (float) Math.sqrt(here);
            float normalX = x[row * width + column] / strength;
            float normalY = y[row * width + column] / strength;
            return square(index(column, row, normalX, normalY)) <= here
                    && square(index(column, row, -normalX, -normalY)) <= here;
        }

        float strength(int i) {
            return (float) Math.sqrt(square(i));
        }

        private float square(int i) {
            return x[i] * x[i] + y[i] * y[i];
        }

        int index(int column, int row, float right, float down) {
            return Math.round(row + down) * width + Math.round(column + right);
        }
    }
}
