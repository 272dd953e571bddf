package io.github.cameldewatermark.image.pixel;

import java.util.Arrays;

/**
 * Scales a picture down while its rows pass through. Each target pixel is the average of the source area that it covers, so
 * no source pixel is skipped, which would cause artefacts. It holds only one row.
 */
final class AreaScaler implements RowSink {

    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int targetWidth;
    private final int targetHeight;
    private final RowSink target;
    private final float[] line;
    private final float[] sum;
    private final byte[] row;
    private long y;
    private long targetY;

    private AreaScaler(int width, int height, int targetWidth, int targetHeight, RowSink target) {
        this.width = width;
        this.height = height;
        this.targetWidth = targetWidth;
        this.targetHeight = targetHeight;
        this.target = target;
        this.line = new float[targetWidth * CHANNELS];
        this.sum = new float[targetWidth * CHANNELS];
        this.row = new byte[targetWidth * CHANNELS];
    }

    /** Returns a sink that scales rows for the target, or the target itself if there is nothing to scale. */
    static RowSink of(int width, int height, int targetWidth, int targetHeight, RowSink target) {
        return width == targetWidth && height == targetHeight
                ? target
                : new AreaScaler(width, height, targetWidth, targetHeight, target);
    }

    /**
     * Adds a row. Vertical positions are in units of which a source row has {@code targetHeight} and a target row has
     * {@code height}, so that all of them are integers.
     */
    @Override
    public void row(byte[] rgb) {
        narrow(rgb);
        long top = y * targetHeight;
        long bottom = top + targetHeight;
        while (top < bottom) {
            long edge = (targetY + 1) * height;
            long end = Math.min(bottom, edge);
            float weight = (float) (end - top) / height;
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weight * line[i];
            }
            if (end == edge) {
                emit();
            }
            top = end;
        }
        y++;
    }

    private void narrow(byte[] rgb) {
        int x = 0;
        long left = 0; // the rest of the pixel at x that hasn't been used yet
        for (int t = 0; t < targetWidth; t++) {
            float r = 0;
            float g = 0;
            float b = 0;
            long missing = width;
            while (missing > 0) {
                if (left == 0) {
                    left = targetWidth;
                }
                long part = Math.min(left, missing);
                int i = x * CHANNELS;
                r += part * (rgb[i] & 0xFF);
                g += part * (rgb[i + 1] & 0xFF);
                b += part * (rgb[i + 2] & 0xFF);
                missing -= part;
                left -= part;
                if (left == 0) {
                    x++;
                }
            }
            line[t * CHANNELS] = r / width;
            line[t * CHANNELS + 1] = g / width;
            line[t * CHANNELS + 2] = b / width;
        }
    }

    private void emit() {
        for (int i = 0; i < sum.length; i++) {
            row[i] = (byte) Math.min(255, (int) (sum[i] + 0.5f));
        }
        Arrays.fill(sum, 0);
        targetY++;
        target.row(row);
    }
}
