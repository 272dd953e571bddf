package io.github.cameldewatermark.image.header;

/**
 * What the header of a picture says.
 *
 * @param format      what it is
 * @param width       in pixels, as stored
 * @param height      in pixels, as stored
 * @param components  colour components of a JPEG: 1 grey, 3 colour, 4 CMYK; 3 for any other format
 * @param orientation what has to be done to the stored pixels before they are looked at
 * @param pixels      what decoding them takes
 */
public record PictureInfo(
        PictureFormat format, int width, int height, int components, Orientation orientation, PixelLayout pixels) {

    /** An upright picture in colour. */
    public PictureInfo(PictureFormat format, int width, int height) {
        this(format, width, height, 3, Orientation.UPRIGHT, PixelLayout.inOrder(3));
    }

    /** The largest side in pixels. */
    public int largestSide() {
        return Math.max(width, height);
    }

    /** Whether it is a JPEG of a kind that the API takes, apart from its size: printers' colours are none. */
    public boolean isJpegForApi() {
        return format == PictureFormat.JPEG && (components == 1 || components == 3);
    }
}
