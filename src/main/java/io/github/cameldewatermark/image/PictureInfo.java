package io.github.cameldewatermark.image;

/**
 * What the header of a picture says.
 *
 * @param format what it is
 * @param width  in pixels; 0 where only the format is known
 * @param height in pixels; 0 where only the format is known
 */
public record PictureInfo(PictureFormat format, int width, int height) {

    /** The largest side in pixels. */
    public int largestSide() {
        return Math.max(width, height);
    }
}
