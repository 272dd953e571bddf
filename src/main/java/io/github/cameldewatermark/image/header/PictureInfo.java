package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.image.container.Orientation;
import java.awt.Rectangle;

/**
 * What the header of a picture says.
 *
 * @param format      the format
 * @param width       the stored width in pixels
 * @param height      the stored height in pixels
 * @param components  the colour components of a JPEG: 1 grey, 3 colour, 4 CMYK; 3 for any other format
 * @param orientation the orientation of the stored pixels
 * @param pixels      what decoding the pixels takes
 * @param wellFormed  whether a JPEG has its end and nothing between its segments. Viewers show others, too, but only a decoder
 *                    knows whether these are whole
 */
public record PictureInfo(
        PictureFormat format,
        int width,
        int height,
        int components,
        Orientation orientation,
        PixelLayout pixels,
        boolean wellFormed) {

    /** What isn't a JPEG. */
    PictureInfo(PictureFormat format, int width, int height, Orientation orientation, PixelLayout pixels) {
        this(format, width, height, 3, orientation, pixels, true);
    }

    public int largestSide() {
        return Math.max(width, height);
    }

    /** Returns the part of the picture that its file has pixels of. */
    public Rectangle stored() {
        return pixels.stored() == null ? new Rectangle(width, height) : pixels.stored();
    }

    /** Whether it is a JPEG that the API takes as it is: in RGB or grey, but not CMYK, and whole. Its size isn't checked. */
    public boolean isJpegForApi() {
        return format == PictureFormat.JPEG && (components == 1 || components == 3) && wellFormed;
    }

    public PictureInfo turned(Orientation turn) {
        return new PictureInfo(format, width, height, components, turn, pixels, wellFormed);
    }

    /**
     * What decoding the pixels of a picture takes.
     *
     * @param bytesPerPixel the size of a decoded pixel in bytes
     * @param blockRows     how many rows are decoded together
     * @param blockBytes    the memory in bytes that the decoder needs besides the requested rows
     * @param rowsInOrder   whether all rows before the requested ones must be decoded, too
     * @param stored        the part of the picture that its file has pixels of, of which viewers show the rest as transparent;
     *                      {@code null} if it is the whole picture
     */
    public record PixelLayout(
            int bytesPerPixel, int blockRows, long blockBytes, boolean rowsInOrder, Rectangle stored) {

        PixelLayout(int bytesPerPixel, int blockRows, long blockBytes, boolean rowsInOrder) {
            this(bytesPerPixel, blockRows, blockBytes, rowsInOrder, null);
        }

        static PixelLayout inOrder(int bytesPerPixel) {
            return new PixelLayout(bytesPerPixel, 1, 0, true);
        }
    }
}
