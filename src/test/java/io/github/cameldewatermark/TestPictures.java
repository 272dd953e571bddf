package io.github.cameldewatermark;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;

/** Small pictures, made on the spot. */
public final class TestPictures {

    private static final byte[] JPEG = jpeg(64, 48, 1);

    /** By size, as they take longer to make than most tests. */
    private static final Map<Integer, byte[]> NOISE = new ConcurrentHashMap<>();

    private TestPictures() {}

    /** A whole JPEG that differs by its seed. */
    public static byte[] jpeg(int width, int height, int seed) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        Random random = new Random(seed);
        for (int i = 0; i < 8; i++) {
            g.setColor(new Color(random.nextInt(0x1000000)));
            g.fillOval(random.nextInt(width), random.nextInt(height), width / 3 + 1, height / 3 + 1);
        }
        g.dispose();
        return bytes(picture, "jpg");
    }

    public static byte[] jpeg() {
        return JPEG.clone();
    }

    /** A whole JPEG of more than {@code size} bytes: it is noise, which can't be compressed. */
    public static byte[] noise(int size) {
        return NOISE.computeIfAbsent(size, TestPictures::newNoise).clone();
    }

    private static byte[] newNoise(int size) {
        int side = (int) Math.sqrt(2.0 * size) + 1;
        BufferedImage picture = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(7);
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                picture.setRGB(x, y, random.nextInt(0x1000000));
            }
        }
        byte[] jpeg = bytes(picture, "jpg");
        if (jpeg.length <= size) {
            throw new IllegalStateException(jpeg.length + " bytes are not more than " + size);
        }
        return jpeg;
    }

    /** White in its left half, black in the other. */
    public static byte[] brush(int width, int height) {
        return brush(width, height, width / 2);
    }

    /** For {@link #jpeg()}: white in so many columns from the left. */
    public static byte[] brush(int white) {
        return brush(64, 48, white);
    }

    private static byte[] brush(int width, int height, int white) {
        BufferedImage brush = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = brush.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, white, height);
        g.dispose();
        return bytes(brush, "png");
    }

    public static byte[] brush() {
        return brush(64, 48);
    }

    public static byte[] cutShort(byte[] picture) {
        return Arrays.copyOf(picture, picture.length * 2 / 3);
    }

    public static byte[] resource(String path) {
        try (InputStream in = TestPictures.class.getResourceAsStream(path)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JPEG or a PNG, as it was, of another width. */
    public static byte[] scaled(byte[] picture, int width) {
        BufferedImage image = image(picture);
        boolean mask = image.getRaster().getNumBands() == 1;
        BufferedImage scaled = new BufferedImage(
                width,
                image.getHeight() * width / image.getWidth(),
                mask ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_INT_RGB);
        Graphics2D g = scaled.createGraphics();
        g.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                mask
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        g.drawImage(image, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
        g.dispose();
        return bytes(scaled, mask ? "png" : "jpg");
    }

    /** How alike two pictures are where a mask is white, in decibels (peak signal-to-noise ratio). */
    public static double psnr(byte[] one, byte[] other, byte[] mask) {
        BufferedImage a = image(one);
        BufferedImage b = image(other);
        BufferedImage where = image(mask);
        double squares = 0;
        long samples = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            for (int x = 0; x < a.getWidth(); x++) {
                if ((where.getRGB(x, y) & 0xFF) >= 128) {
                    int p = a.getRGB(x, y);
                    int q = b.getRGB(x, y);
                    for (int shift = 0; shift <= 16; shift += 8) {
                        int d = (p >> shift & 0xFF) - (q >> shift & 0xFF);
                        squares += d * d;
                        samples++;
                    }
                }
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * samples / squares);
    }

    public static BufferedImage image(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] bytes(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, format, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
