package io.github.cameldewatermark.sandbox.pixel;

/** Averages pictures of one size: what moves blurs, what stands still, such as a watermark, stays sharp. */
final class MeanPicture {

    private final int width;
    private final int height;
    private final int[][] sums;
    private int count;

    MeanPicture(int width, int height) {
        this.width = width;
        this.height = height;
        this.sums = new int[Pixels.CHANNELS][width * height];
    }

    void add(Raster picture) {
        for (int k = 0; k < Pixels.CHANNELS; k++) {
            for (int i = 0; i < sums[k].length; i++) {
                sums[k][i] += Pixels.channel(picture.rgb()[i], k);
            }
        }
        count++;
    }

    Raster mean() {
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = Pixels.pack(rounded(sums[0][i]), rounded(sums[1][i]), rounded(sums[2][i]));
        }
        return new Raster(width, height, rgb);
    }

    private int rounded(int sum) {
        return (sum + count / 2) / Math.max(1, count);
    }
}
