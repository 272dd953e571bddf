package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A small copy of a picture, for people to look at. */
public final class Thumbnail {

    private static final int SIDE = 160;

    /** Few, so that the largest picture takes a megabyte of heap. */
    private static final int SAMPLES = 4;

    /** The heap in bytes that making one takes at most. */
    public static final long HEAP = 2 << 20;

    private Thumbnail() {}

    /**
     * Returns a JPEG of at most 160 pixels on each side, upright. It takes little heap, but progressive pictures take native memory.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkInputException if the picture can't be decoded
     */
    public static byte[] of(Content picture) throws IOException {
        PictureInfo info = ImageInspector.inspect(picture);
        double scale = Math.min(1, (double) SIDE / info.largestSide());
        BufferedImage small = ImageConverter.thumbnail(
                picture, info, scaled(info.width(), scale), scaled(info.height(), scale), SAMPLES);
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        if (!ImageIO.write(small, "jpeg", jpeg)) {
            throw new IOException("this Java has no JPEG writer");
        }
        return jpeg.toByteArray();
    }

    private static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.round(side * scale));
    }
}
