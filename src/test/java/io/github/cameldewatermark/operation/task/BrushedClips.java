package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleConsumer;

/** A clip engine that copies clips, all of one size, and remembers what was to be erased from them. */
final class BrushedClips implements ClipEngine {

    static final int WIDTH = 854;
    static final int HEIGHT = 480;

    /** A clip of that size. */
    static final byte[] CLIP = TestPictures.resource("/samples/video/rocket-pan.mp4");

    /** The bounds of what is white in each brush; "none" without a brush. */
    private final List<String> erased = new CopyOnWriteArrayList<>();

    /** The same clip with another size in its track headers, with the matrix that players show it by. */
    static byte[] shown(int width, int height, int... matrix) {
        byte[] clip = CLIP.clone();
        String text = new String(clip, StandardCharsets.ISO_8859_1);
        for (int at = text.indexOf("tkhd"); at >= 0; at = text.indexOf("tkhd", at + 1)) {
            ByteBuffer box = ByteBuffer.wrap(clip, at + 44, 44);
            for (int value : matrix) {
                box.putInt(value);
            }
            box.position(at + 80);
            box.putInt(width << 16).putInt(height << 16);
        }
        return clip;
    }

    List<String> erased() {
        return List.copyOf(erased);
    }

    @Override
    public CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException {
        return copied("none", input, output);
    }

    @Override
    public CleanedClip clean(Path input, BufferedImage brush, Path output, DoubleConsumer progress) throws IOException {
        return copied(bounds(brush), input, output);
    }

    @Override
    public Dimension size(Path input) {
        return new Dimension(WIDTH, HEIGHT);
    }

    private CleanedClip copied(String brush, Path input, Path output) throws IOException {
        erased.add(brush);
        Files.copy(input, output);
        return new CleanedClip(6, true);
    }

    private static String bounds(BufferedImage brush) {
        Rectangle bounds = new Rectangle(-1, -1);
        for (int y = 0; y < brush.getHeight(); y++) {
            for (int x = 0; x < brush.getWidth(); x++) {
                if (TestPictures.isWhite(brush, x, y)) {
                    bounds.add(new Rectangle(x, y, 1, 1));
                }
            }
        }
        return bounds.x + "," + bounds.y + "," + bounds.width + "," + bounds.height;
    }
}
