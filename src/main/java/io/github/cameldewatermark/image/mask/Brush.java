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

/** Defines what to erase, in pictures of any size. */
public abstract sealed class Brush permits CachedBrush, PictureBrush, RegionBrush {

    /** Returns a brush that marks the same rectangles in every picture. */
    public static Brush of(MaskRegion region) {
        return new CachedBrush(new RegionBrush(region));
    }

    /**
     * Returns a brush for one picture, which marks what is white in a mask of the same shape. The mask is decoded when it is
     * needed.
     *
     * @throws DewatermarkInputException if the mask is no picture
     */
    public static Brush of(Content mask) {
        return new PictureBrush(mask, false);
    }

    /**
     * Returns a brush for all pictures, which must have the shape of the mask; it marks what is white in the mask. The mask is
     * decoded now.
     *
     * @throws DewatermarkInputException if the mask is no picture, or marks nothing
     */
    public static Brush ofAll(Content mask) {
        return new CachedBrush(new PictureBrush(mask, true));
    }

    /**
     * Returns the mask of what to erase from a picture.
     *
     * @param  picture                   the name of the picture, for messages
     * @throws DewatermarkInputException if the brush doesn't fit the picture, or would erase nothing
     */
    public abstract BrushMask mask(String picture, int width, int height);

    /**
     * Returns the mask in the form in which it is sent: a PNG of exactly the size of the picture, white = erase.
     *
     * @param  picture                   the name of the picture, for messages
     * @throws DewatermarkInputException if the brush doesn't fit the picture, or would erase nothing
     */
    public Content png(String picture, int width, int height) {
        return encode(mask(picture, width, height));
    }

    /** Returns what this brush was made from: brushes that were made from the same bytes mark the same. */
    public abstract Content source();

    /** Returns an estimate of the heap in bytes that {@link #png} needs at most; 0 if its result is cached. */
    public long memory(int width, int height) {
        return (long) width * height;
    }

    /** Returns the size in pixels of the mask that this brush was made from, or {@code null} if it has no size. */
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
            throw new UncheckedIOException(e); // can't happen in memory
        }
        return bytes.toByteArray();
    }
}
