package io.github.cameldewatermark.sandbox.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.Objects;
import javax.imageio.ImageIO;

/** The sample files among the test resources. */
final class Samples {

    static final String COFFEE = "coffee";
    static final String CHELSEA = "chelsea";
    static final String ROCKET = "rocket";

    private Samples() {}

    /** With a watermark. */
    static BufferedImage picture(String name) {
        return image("images/" + name + ".jpg");
    }

    /** Without one. */
    static BufferedImage original(String name) {
        return image("images/original/" + name + ".jpg");
    }

    static BufferedImage brush(String name) {
        return image("images/brush/" + name + ".png");
    }

    /** Six seconds with a watermark and sound. */
    static Path clip() {
        return file("video/rocket-pan.mp4");
    }

    static Path originalClip() {
        return file("video/original/rocket-pan.mp4");
    }

    static BufferedImage clipBrush() {
        return image("video/brush/rocket-pan.png");
    }

    private static BufferedImage image(String path) {
        try {
            return ImageIO.read(url(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path file(String path) {
        try {
            return Path.of(url(path).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URL url(String path) {
        return Objects.requireNonNull(Samples.class.getResource("/samples/" + path), path);
    }
}
