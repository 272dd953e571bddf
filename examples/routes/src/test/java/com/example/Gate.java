package com.example;

import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import java.awt.image.BufferedImage;
import java.util.concurrent.Semaphore;

/** Gives pictures back as they are: the first ones at once, and the others when it is opened. Until then, they are being cleaned. */
final class Gate {

    private final Semaphore places;

    /** @param first how many pass before it is opened */
    Gate(int first) {
        places = new Semaphore(first);
    }

    /** For {@code SandboxBuilder.pictureEngine}. */
    CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        places.acquireUninterruptibly();
        return new CleanedPicture(
                picture, new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY));
    }

    /** Lets all others pass, now and later. */
    void open() {
        places.release(1_000_000);
    }
}
