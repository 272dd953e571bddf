package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import java.awt.image.BufferedImage;

/** Finds no watermark anywhere: shows what pictures look like on a platform, and what becomes of them on their way back. */
public final class UnchangedPictures implements PictureEngine {

    @Override
    public CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        BufferedImage mask = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
        return new CleanedPicture(picture, mask);
    }
}
