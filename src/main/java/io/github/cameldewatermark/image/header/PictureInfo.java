package io.github.cameldewatermark.image.header;

/**
 * What the header of a picture says.
 *
 * @param format      the format
 * @param width       the stored width in pixels
 * @param height      the stored height in pixels
 * @param components  the colour components of a JPEG: 1 grey, 3 colour, 4 CMYK; 3 for any other format
 * @param orientation the orientation of the stored pixels
 * @param pixels      what decoding the pixels takes
 */
public record PictureInfo(
        PictureFormat format, int width, int height, int components, Orientation orientation, PixelLayout pixels) {

    /** Creates the info of an upright colour picture. */
    public PictureInfo(PictureFormat format, int width, int height) {
        this(format, width, height, 3, Orientation.UPRIGHT, PixelLayout.inOrder(3));
    }

    public int largestSide() {
        return Math.max(width, height);
    }

    /** Whether it is a JPEG in colours that the API takes: RGB or grey, but not CMYK. Its size isn't checked. */
    public boolean isJpegForApi() {
        return format == PictureFormat.JPEG && (components == 1 || components == 3);
    }

    public PictureInfo turned(Orientation turn) {
        return new PictureInfo(format, width, height, components, turn, pixels);
    }

    /**
     * What decoding the pixels of a picture takes.
     *
     * @param bytesPerPixel the size of a decoded pixel in bytes
     * @param blockRows     how many rows are decoded together
     * @param blockBytes    the memory in bytes that the decoder needs besides the requested rows
     * @param rowsInOrder   whether all rows before the requested ones must be decoded, too
     */
    public record PixelLayout(int bytesPerPixel, int blockRows, long blockBytes, boolean rowsInOrder) {

        /** The layout of most formats, which store row after row. */
        static PixelLayout inOrder(int bytesPerPixel) {
            return new PixelLayout(bytesPerPixel, 1, 0, true);
        }
    }
}
