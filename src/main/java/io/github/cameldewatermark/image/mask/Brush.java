package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.awt.Dimension;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** What to erase, in pictures of any size. */
public abstract sealed class Brush permits CachedBrush, PictureBrush, RegionBrush {

    /** The same rectangles of every picture. */
    public static Brush of(MaskRegion region) {
        return new CachedBrush(new RegionBrush(region));
    }

    /**
     * What is white in a mask, of one picture, which must have its shape. The mask is decoded when it is needed.
     *
     * @throws DewatermarkInputException it is no picture
     */
    public static Brush of(Content mask) {
        return new PictureBrush(mask, false);
    }

    /**
     * What is white in a mask, of all pictures, which must have its shape. The mask is decoded now.
     *
     * @throws DewatermarkInputException it is no picture, or marks nothing
     */
    public static Brush ofAll(Content mask) {
        return new CachedBrush(new PictureBrush(mask, true));
    }

    /**
     * What is to be erased of a picture.
     *
     * @param  picture                   what to call it in messages
     * @throws DewatermarkInputException the brush doesn't fit, or would erase nothing
     */
    public abstract BrushMask mask(String picture, int width, int height);

    /**
     * The same as it is sent: a PNG of exactly the size of the picture, white = erase.
     *
     * @param  picture                   what to call it in messages
     * @throws DewatermarkInputException the brush doesn't fit, or would erase nothing
     */
    public Content png(String picture, int width, int height) {
        return encode(mask(picture, width, height));
    }

    /** How many bytes of heap {@link #png} takes at most, estimated; 0 if it is there already. */
    public long memory(int width, int height) {
        return (long) width * height;
    }

    /** The size that it is made for, or {@code null} if it is made for all. */
    public Dimension ownSize() {
        return null;
    }

    static Content encode(BrushMask mask) {
        return Content.of("the brush", png(mask));
    }

    private static byte[] png(BrushMask mask) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageIO.write(mask.toImage(), "png", out);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return bytes.toByteArray();
    }
}
