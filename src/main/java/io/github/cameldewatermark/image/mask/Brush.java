package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.PictureFormat;
import java.awt.Dimension;

/** Defines what to erase, in pictures of any size. */
public interface Brush {

    /**
     * Returns a brush for one picture, which marks what is white in a mask of the same shape. The mask is decoded when it is
     * needed.
     *
     * @throws DewatermarkInputException if the mask is no picture
     */
    static Brush of(Content mask) {
        return new PictureBrush(mask, false);
    }

    /**
     * Returns a brush for all pictures, which must have the shape of the mask; it marks what is white in the mask. The mask is
     * decoded now.
     *
     * @throws DewatermarkInputException if the mask is no picture, or marks nothing
     */
    static Brush ofAll(Content mask) {
        return new PictureBrush(mask, true);
    }

    /**
     * Returns the mask of what to erase from a picture.
     *
     * @param  picture                   the name of the picture, for messages
     * @throws DewatermarkInputException if the brush doesn't fit the picture, or would erase nothing
     */
    BrushMask mask(String picture, int width, int height);

    /** Returns the mask in the form in which it is sent: a PNG of exactly the size of the picture, white = erase. */
    default Content png(String picture, int width, int height) {
        return mask(picture, width, height).encoded(PictureFormat.PNG);
    }

    /** Returns what this brush was made from: brushes that were made from the same bytes mark the same. */
    Content source();

    /** Returns an estimate of the heap in bytes that {@link #png} needs at most. */
    default long memory(int width, int height) {
        return (long) width * height;
    }

    /** Returns the size in pixels of the mask that this brush was made from, or {@code null} if it has no size. */
    default Dimension ownSize() {
        return null;
    }
}
