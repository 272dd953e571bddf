package io.github.cameldewatermark.testkit;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
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

/** Pictures of the usual kinds, made on the spot. {@link PictureSamples} has all others. */
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
        return encoded(picture, "jpg");
    }

    public static byte[] jpeg() {
        return JPEG.clone();
    }

    /** A JPEG that no other number below 65536 has. */
    public static byte[] numbered(int number) {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int bit = 0; bit < 16; bit++) {
            // a block of the JPEG each
            picture.setRGB(bit % 4 * 16, bit / 4 * 8 + 8, (number >> bit & 1) == 0 ? 0 : 0xFFFFFF);
        }
        return encoded(picture, "jpeg");
    }

    public static byte[] jpeg(int width, int height, Color color) {
        return encoded(plain(width, height, color), "jpeg");
    }

    public static byte[] png(int width, int height, Color color) {
        return encoded(plain(width, height, color), "png");
    }

    /** A JPEG of noise. */
    public static byte[] jpeg(int width, int height) {
        return encoded(noise(width, height), "jpeg");
    }

    /** A JPEG that is so large that no result like it stays in the heap. */
    public static byte[] large() {
        return noise(1_200_000);
    }

    /** A whole JPEG of more than {@code size} bytes: it is noise, which can't be compressed. */
    public static byte[] noise(int size) {
        return NOISE.computeIfAbsent(size, TestPictures::newNoise).clone();
    }

    private static byte[] newNoise(int size) {
        int side = (int) Math.sqrt(2.0 * size) + 1;
        byte[] jpeg = jpeg(side, side);
        if (jpeg.length <= size) {
            throw new IllegalStateException(jpeg.length + " bytes are not more than " + size);
        }
        return jpeg;
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(width * 31L + height);
        int[] row = new int[width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[x] = random.nextInt(0x1000000);
            }
            picture.getRaster().setDataElements(0, y, width, 1, row);
        }
        return picture;
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
        return brush(width, height, new Rectangle(white, height));
    }

    /** Black with a white rectangle. */
    public static byte[] brush(int width, int height, Rectangle white) {
        BufferedImage brush = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = brush.createGraphics();
        g.setColor(Color.WHITE);
        g.fill(white);
        g.dispose();
        return encoded(brush, "png");
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
        return encoded(scaled, mask ? "png" : "jpg");
    }

    /** How alike two pictures are where a mask is white, in decibels (peak signal-to-noise ratio). */
    public static double psnr(byte[] one, byte[] other, byte[] mask) {
        return psnr(image(one), image(other), image(mask));
    }

    /** The same for pictures that are decoded already. */
    public static double psnr(BufferedImage one, BufferedImage other, BufferedImage mask) {
        BufferedImage a = rgb(one);
        BufferedImage b = rgb(other);
        BufferedImage where = rgb(mask);
        int[] p = new int[a.getWidth()];
        int[] q = new int[a.getWidth()];
        int[] counts = new int[a.getWidth()];
        double squares = 0;
        long samples = 0;
        for (int y = 0; y < a.getHeight(); y++) {
            a.getRaster().getDataElements(0, y, p.length, 1, p);
            b.getRaster().getDataElements(0, y, q.length, 1, q);
            where.getRaster().getDataElements(0, y, counts.length, 1, counts);
            for (int x = 0; x < p.length; x++) {
                if ((counts[x] & 0xFF) >= 128) {
                    for (int shift = 0; shift <= 16; shift += 8) {
                        int d = (p[x] >> shift & 0xFF) - (q[x] >> shift & 0xFF);
                        squares += d * d;
                        samples++;
                    }
                }
            }
        }
        return 10 * Math.log10(255.0 * 255.0 * samples / squares);
    }

    /** As one whose rows are read as they are, which takes a fraction of the time that pixels one by one do. */
    private static BufferedImage rgb(BufferedImage picture) {
        if (picture.getType() == BufferedImage.TYPE_INT_RGB) {
            return picture;
        }
        BufferedImage rgb = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D g = rgb.createGraphics();
        g.drawImage(picture, 0, 0, null);
        g.dispose();
        return rgb;
    }

    public static BufferedImage image(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static byte[] encoded(BufferedImage picture, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(picture, format, bytes)) {
                throw new IllegalArgumentException(format);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Of one colour. */
    public static BufferedImage plain(int width, int height, Color color, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D g = picture.createGraphics();
        g.setColor(color);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return picture;
    }

    public static BufferedImage plain(int width, int height, Color color) {
        return plain(width, height, color, BufferedImage.TYPE_INT_RGB);
    }

    /** Nearly: JPEG isn't exact. */
    public static boolean isWhite(BufferedImage picture, int x, int y) {
        Color color = new Color(picture.getRGB(x, y));
        return color.getRed() > 200 && color.getGreen() > 200 && color.getBlue() > 200;
    }
}
