package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.sandbox.TestClips;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;

/** A picture or a clip with its number in it, so that it can be told from all others, also when it is clean. */
record Input(boolean isClip, int number) implements Comparable<Input> {

    /** The number is in the lower half of a picture, a bit a block, as the sandbox whitens a part of the upper one. */
    private static final int BLOCK = 8;

    private static final int BLOCKS = 8;
    private static final int WIDTH = BLOCKS * BLOCK;
    private static final int ROWS = 3;
    private static final int HEIGHT = 2 * ROWS * BLOCK;
    /** Where the payload of {@link TestClips#mp4} begins. */
    private static final int PAYLOAD = 24;

    private static final int LARGEST_CLIP = 50_000;
    private static final int LONGEST_CLIP = 6;

    static Input named(String name) {
        int number = Integer.parseInt(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
        return new Input(name.endsWith(".mp4"), number);
    }

    String name() {
        return (isClip ? "clip-%05d.mp4" : "picture-%05d.jpg").formatted(number);
    }

    BigDecimal price() {
        return isClip ? Call.PRICE_OF_A_SECOND.multiply(BigDecimal.valueOf(seconds())) : Call.PRICE_OF_A_PICTURE;
    }

    private int seconds() {
        return 1 + number % LONGEST_CLIP;
    }

    byte[] content() throws IOException {
        return isClip ? clip() : picture();
    }

    private byte[] clip() {
        Random random = new Random(number);
        byte[] payload = new byte[Integer.BYTES + random.nextInt(LARGEST_CLIP)];
        random.nextBytes(payload);
        ByteBuffer.wrap(payload).putInt(number);
        return TestClips.mp4(seconds(), payload);
    }

    private byte[] picture() throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.WHITE);
        for (int i = 0; i < ROWS * BLOCKS; i++) {
            if ((number >> i & 1) == 1) {
                g.fillRect(i % BLOCKS * BLOCK, HEIGHT / 2 + i / BLOCKS * BLOCK, BLOCK, BLOCK);
            }
        }
        g.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", bytes);
        return bytes.toByteArray();
    }

    /** What a clip was made of. */
    static Input ofClip(byte[] clip) {
        return new Input(true, ByteBuffer.wrap(clip).getInt(PAYLOAD));
    }

    /** What a clean picture was made of. */
    static Input ofPicture(byte[] clean) throws IOException {
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(clean));
        int number = 0;
        for (int i = 0; i < ROWS * BLOCKS; i++) {
            boolean white = isWhite(picture, i % BLOCKS * BLOCK, HEIGHT / 2 + i / BLOCKS * BLOCK);
            number |= white ? 1 << i : 0;
        }
        return new Input(false, number);
    }

    /** Whether it is this one, whole and clean. */
    boolean isResult(byte[] result) throws IOException {
        if (isClip) {
            return Arrays.equals(result, content());
        }
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(result));
        return picture != null && isWhite(picture, 0, 0) && ofPicture(result).equals(this);
    }

    private static boolean isWhite(BufferedImage picture, int x, int y) {
        return new Color(picture.getRGB(x + BLOCK / 2, y + BLOCK / 2)).getRed() > 127;
    }

    @Override
    public int compareTo(Input other) {
        return name().compareTo(other.name());
    }

    @Override
    public String toString() {
        return name();
    }
}
