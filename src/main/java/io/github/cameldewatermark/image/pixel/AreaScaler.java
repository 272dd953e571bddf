package io.github.cameldewatermark.image.pixel;

import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Scales a picture down while its rows pass through. Each target pixel is the average of the source area that it covers, so
 * no source pixel is skipped, which would cause artefacts. It holds only one row. Positions are in units of which a source pixel
 * has {@code targetWidth} or {@code targetHeight} and a target pixel has {@code width} or {@code height}: all are integers.
 */
final class AreaScaler implements Consumer<byte[]> {

    private static final int CHANNELS = 3;

    private final int width;
    private final int height;
    private final int targetWidth;
    private final int targetHeight;
    private final Consumer<byte[]> target;
    private final float[] line;
    private final float[] sum;
    private final byte[] row;
    private long y;
    private long targetY;

    AreaScaler(int width, int height, int targetWidth, int targetHeight, Consumer<byte[]> target) {
        this.width = width;
        this.height = height;
        this.targetWidth = targetWidth;
        this.targetHeight = targetHeight;
        this.target = target;
        this.line = new float[targetWidth * CHANNELS];
        this.sum = new float[targetWidth * CHANNELS];
        this.row = new byte[targetWidth * CHANNELS];
    }

    @Override
    public void accept(byte[] rgb) {
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
        Arrays.fill(line, 0);
        int t = 0;
        for (int x = 0; x < width; x++) {
            long left = (long) x * targetWidth;
            long right = left + targetWidth;
            while (left < right) {
                long edge = (t + 1L) * width;
                long end = Math.min(right, edge);
                float weight = (float) (end - left) / width;
                for (int c = 0; c < CHANNELS; c++) {
                    line[t * CHANNELS + c] += weight * (rgb[x * CHANNELS + c] & 0xFF);
                }
                t += end == edge ? 1 : 0;
                left = end;
            }
        }
    }

    private void emit() {
        for (int i = 0; i < sum.length; i++) {
            row[i] = (byte) Math.min(255, (int) (sum[i] + 0.5f));
        }
        Arrays.fill(sum, 0);
        targetY++;
        target.accept(row);
    }
}
