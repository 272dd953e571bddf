package io.github.cameldewatermark.sandbox.pixel;

/** Arithmetic on one colour packed into an int: {@code 0xRRGGBB}. */
final class Pixels {

    static final int CHANNELS = 3;
    static final int WHITE = 0xFFFFFF;
    static final int BLACK = 0;

    private Pixels() {}

    /**
     * @param  channel 0 red, 1 green, 2 blue
     * @return         0 to 255
     */
    static int channel(int rgb, int channel) {
        return rgb >> (16 - 8 * channel) & 255;
    }

    static int pack(int red, int green, int blue) {
        return red << 16 | green << 8 | blue;
    }

    /** Rounds to a channel's value, 0 to 255. */
    static int clamp(float value) {
        return Math.min(255, Math.max(0, Math.round(value)));
    }

    /** How far apart two colours are: the difference of the channel that differs most. */
    static int distance(int a, int b) {
        int largest = 0;
        for (int k = 0; k < CHANNELS; k++) {
            largest = Math.max(largest, Math.abs(channel(a, k) - channel(b, k)));
        }
        return largest;
    }
}
