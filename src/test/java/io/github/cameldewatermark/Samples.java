package io.github.cameldewatermark;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.pixel.UnchangedClipEngine;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import javax.imageio.ImageIO;

/** What many tests need. */
final class Samples {

    private Samples() {}

    static byte[] bytes(String resource) {
        try (InputStream in = Samples.class.getResourceAsStream(resource)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A small JPEG without a watermark. */
    static byte[] jpeg() {
        return jpeg(0);
    }

    /** A picture that no other number has. */
    static byte[] jpeg(int number) {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(20, 20, 0xFF8800);
        for (int bit = 0; bit < 16; bit++) {
            // a block of the JPEG each
            picture.setRGB(bit % 4 * 16, bit / 4 * 8 + 8, (number >> bit & 1) == 0 ? 0 : 0xFFFFFF);
        }
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpeg", jpeg);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jpeg.toByteArray();
    }

    /** A sandbox whose video tasks take a while but no work: clips come back as they are. Pictures take little. */
    static Sandbox sandboxThatKeepsClips(Duration task) {
        return Sandbox.builder()
                .taskDuration(task)
                .pictureEngine(new WhiteningPictures())
                .clipEngine(new UnchangedClipEngine(6))
                .start();
    }
}
