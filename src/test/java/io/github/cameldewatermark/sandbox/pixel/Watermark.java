package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;

/**
 * A white overlay found in a picture.
 *
 * @param alpha  its opacity, 0 to 1
 * @param score  how sure the detector is; without unit, higher is surer
 * @param glyphs the pixels it covers
 */
record Watermark(float alpha, double score, Mask glyphs) {

    /** The same in a larger picture, of which the one it was found in is a part. */
    Watermark placedAt(Rectangle part, int width, int height) {
        return new Watermark(alpha, score, glyphs.placedAt(part, width, height));
    }
}
