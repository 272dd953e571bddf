package io.github.cameldewatermark.image.header;

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
