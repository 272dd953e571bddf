package io.github.cameldewatermark.image.pixel;

/** Receives a picture row by row, from the top. */
interface RowSink {

    /** @param rgb red, green and blue of each pixel; valid until the call returns */
    void row(byte[] rgb);
}
