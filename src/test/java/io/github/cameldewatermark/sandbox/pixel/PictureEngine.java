package io.github.cameldewatermark.sandbox.pixel;

import java.awt.image.BufferedImage;

/** Removes a watermark from one picture. */
public interface PictureEngine {

    /**
     * @param picture the picture, any {@link BufferedImage} type; it is not changed
     * @param brush   what to erase (white = erase), of any size, scaled to the picture; {@code null}: the engine looks
     *                for the watermark itself
     */
    CleanedPicture clean(BufferedImage picture, BufferedImage brush);
}
