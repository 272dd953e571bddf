package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageReadParam;

/** Copies of few pixels, which take little heap, as only some pixels are read. Progressive pictures take native memory. */
public final class Thumbnail {

    private static final int SIDE = 160;

    /** Few, so that the largest picture takes a megabyte of heap. */
    private static final int SAMPLES = 4;

    /** The heap in bytes that making a JPEG takes at most. */
    public static final long HEAP = 2 << 20;

    private Thumbnail() {}

    /**
     * Returns a JPEG of at most 160 pixels on each side, upright, for people to look at.
     *
     * @throws DewatermarkInputException if the picture can't be decoded
     */
    public static byte[] of(Content picture) throws IOException {
        PictureInfo info = ImageInspector.inspect(picture);
        double scale = Math.min(1, (double) SIDE / info.largestSide());
        int width = ImageConverter.scaled(info.width(), scale);
        int height = ImageConverter.scaled(info.height(), scale);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        JpegWriter.write(of(picture, info, width, height, SAMPLES), jpeg);
        return jpeg.toByteArray();
    }

    /**
     * Returns a copy of a picture.
     *
     * @param info    the result of {@link ImageInspector#inspect} for the picture; its orientation is applied
     * @param width   that of the copy before its orientation is applied, in pixels
     * @param height  the same
     * @param samples how many pixels are read, at least, for a pixel of the copy on each side: more take more heap
     * @throws DewatermarkInputException if the picture can't be decoded
     */
    public static BufferedImage of(Content picture, PictureInfo info, int width, int height, int samples) {
        return ImageReaders.read(picture, info, reader -> {
            ImageReadParam how = reader.getDefaultReadParam();
            int step = Math.max(1, info.largestSide() / (samples * Math.max(width, height)));
            how.setSourceSubsampling(step, step, 0, 0);
            BufferedImage sampled = reader.read(0, how);
            UprightPicture upright = new UprightPicture(width, height, info.orientation());
            AreaScaler scaler = new AreaScaler(sampled.getWidth(), sampled.getHeight(), width, height, upright);
            new RgbRows(null, ImageConverter.WHITE, scaler).pass(sampled, sampled.getHeight());
            return upright.image();
        });
    }
}
