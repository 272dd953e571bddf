package io.github.cameldewatermark.image.header;

/**
 * What decoding the pixels of a picture takes.
 *
 * @param bytesPerPixel of a decoded pixel
 * @param blockRows     how many rows are decoded together
 * @param blockBytes    what the decoder needs beside the rows that are asked for
 * @param rowsInOrder   whether the rows in front of those that are asked for must be decoded as well
 */
public record PixelLayout(int bytesPerPixel, int blockRows, long blockBytes, boolean rowsInOrder) {

    /** Row after row, as most formats have them. */
    static PixelLayout inOrder(int bytesPerPixel) {
        return new PixelLayout(bytesPerPixel, 1, 0, true);
    }
}
