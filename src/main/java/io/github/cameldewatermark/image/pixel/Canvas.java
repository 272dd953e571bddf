package io.github.cameldewatermark.image.pixel;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.function.Consumer;

/** Adds what is around the stored part of a picture, in white, while its rows pass through. */
final class Canvas implements Consumer<byte[]> {

    private static final int CHANNELS = 3;
    private static final byte WHITE = (byte) 0xFF;

    private final Rectangle stored;
    private final int height;
    private final Consumer<byte[]> target;
    private final byte[] row;
    private int y;

    Canvas(int width, int height, Rectangle stored, Consumer<byte[]> target) {
        this.stored = stored;
        this.height = height;
        this.target = target;
        this.row = new byte[width * CHANNELS];
    }

    @Override
    public void accept(byte[] rgb) {
        if (y == 0) {
            white(stored.y);
        }
        Arrays.fill(row, WHITE);
        System.arraycopy(rgb, 0, row, stored.x * CHANNELS, stored.width * CHANNELS);
        target.accept(row);
        y++;
        if (y == stored.height) {
            white(height - stored.y - stored.height);
        }
    }

    private void white(int rows) {
        Arrays.fill(row, WHITE);
        for (int i = 0; i < rows; i++) {
            target.accept(row);
        }
    }
}
