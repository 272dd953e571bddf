package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.testkit.TestClips;
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
record Input(boolean isClip, int number) {

    /** The number is in the lower half of a picture, a bit a block, as the sandbox whitens a part of the upper one. */
    private static final int SMALL_BLOCK = 8;

    /** Of one picture of 500, whose result is too large for the memory, also when half of it is missing. */
    private static final int LARGE_BLOCK = 160;

    private static final int BLOCKS = 8;
    private static final int ROWS = 3;
    /** Where the payload of {@link TestClips#mp4} begins. */
    private static final int PAYLOAD = 24;

    private static final int LARGEST_CLIP = 250_000;
    private static final int LONGEST_CLIP = 6;

    static Input named(String name) {
        int number = Integer.parseInt(name.substring(name.indexOf('-') + 1, name.indexOf('.')));
        return new Input(name.endsWith(".mp4"), number);
    }

    String name() {
        return (isClip ? "clip-%05d.mp4" : "picture-%05d.jpg").formatted(number);
    }

    BigDecimal price() {
        return isClip
                ? Prices.OF_THE_DOCUMENT.second().multiply(BigDecimal.valueOf(seconds()))
                : Prices.OF_THE_DOCUMENT.picture();
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
        int block = number % 500 == 0 ? LARGE_BLOCK : SMALL_BLOCK;
        BufferedImage picture = new BufferedImage(BLOCKS * block, 2 * ROWS * block, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(Color.WHITE);
        for (int i = 0; i < ROWS * BLOCKS; i++) {
            if ((number >> i & 1) == 1) {
                g.fillRect(i % BLOCKS * block, (ROWS + i / BLOCKS) * block, block, block);
            }
        }
        g.dispose();
        if (block == LARGE_BLOCK) {
            addNoise(picture);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpg", bytes);
        return bytes.toByteArray();
    }

    /** Where nothing else is. */
    private static void addNoise(BufferedImage picture) {
        Random random = new Random(1);
        for (int y = 0; y < picture.getHeight() / 2; y++) {
            for (int x = picture.getWidth() / 2; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
    }

    /** What a clip was made of. */
    static Input ofClip(byte[] clip) {
        return new Input(true, ByteBuffer.wrap(clip).getInt(PAYLOAD));
    }

    /** What a clean picture was made of. */
    static Input ofPicture(byte[] clean) throws IOException {
        return ofPicture(ImageIO.read(new ByteArrayInputStream(clean)));
    }

    private static Input ofPicture(BufferedImage clean) {
        int number = 0;
        for (int i = 0; i < ROWS * BLOCKS; i++) {
            number |= isWhite(clean, i % BLOCKS, ROWS + i / BLOCKS) ? 1 << i : 0;
        }
        return new Input(false, number);
    }

    /** Whether it is this one, whole and clean. */
    boolean isResult(byte[] result) throws IOException {
        if (isClip) {
            return Arrays.equals(result, content());
        }
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(result));
        return picture != null && isWhite(picture, 0, 0) && ofPicture(picture).equals(this);
    }

    private static boolean isWhite(BufferedImage picture, int column, int row) {
        int block = picture.getWidth() / BLOCKS;
        return new Color(picture.getRGB(column * block + block / 2, row * block + block / 2)).getRed() > 127;
    }

    @Override
    public String toString() {
        return name();
    }
}
