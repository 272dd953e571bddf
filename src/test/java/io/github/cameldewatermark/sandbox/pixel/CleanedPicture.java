package io.github.cameldewatermark.sandbox.pixel;

import java.awt.image.BufferedImage;

/**
 * What a {@link PictureEngine} made of a picture.
 *
 * @param picture the picture without the watermark, {@link BufferedImage#TYPE_INT_RGB}, of the size of the input; the
 *                same pixels as the input where the mask is black
 * @param mask    white where pixels were changed, {@link BufferedImage#TYPE_BYTE_GRAY}, of the size of the input; all
 *                black when no watermark was found
 */
public record CleanedPicture(BufferedImage picture, BufferedImage mask) {}
