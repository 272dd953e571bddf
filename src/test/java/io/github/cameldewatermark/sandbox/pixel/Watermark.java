package io.github.cameldewatermark.sandbox.pixel;

/**
 * A white overlay found in a picture.
 *
 * @param alpha  its opacity, 0 to 1
 * @param score  how sure the detector is; without unit, higher is surer
 * @param glyphs the pixels it covers
 */
record Watermark(float alpha, double score, Mask glyphs) {}
