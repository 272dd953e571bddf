package io.github.cameldewatermark.sandbox;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Small pictures and masks. */
public final class TestPictures {

    private TestPictures() {}

    /** All of one colour. */
    public static byte[] jpeg(int width, int height, Color color) {
        return encoded(filled(width, height, color), "jpeg");
    }

    public static byte[] png(int width, int height, Color color) {
        return encoded(filled(width, height, color), "png");
    }

    /** Black with a white rectangle. */
    public static byte[] brush(int width, int height, Rectangle white) {
        BufferedImage mask = filled(width, height, Color.BLACK);
        Graphics2D g = mask.createGraphics();
        g.setColor(Color.WHITE);
        g.fill(white);
        g.dispose();
        return encoded(mask, "png");
    }

    public static BufferedImage decoded(byte[] picture) {
        try {
            return ImageIO.read(new ByteArrayInputStream(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Nearly: JPEG isn't exact. */
    public static boolean isWhite(BufferedImage picture, int x, int y) {
        Color color = new Color(picture.getRGB(x, y));
        return color.getRed() > 200 && color.getGreen() > 200 && color.getBlue() > 200;
    }

    private static BufferedImage filled(int width, int height, Color color) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setColor(color);
        g.fillRect(0, 0, width, height);
        g.dispose();
        return picture;
    }

    private static byte[] encoded(BufferedImage picture, String format) {
        try {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(picture, format, out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
