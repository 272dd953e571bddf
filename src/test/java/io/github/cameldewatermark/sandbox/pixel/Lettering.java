package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;

/** Draws the word HELLO from bars, as there may be no fonts where the tests run. */
final class Lettering {

    private static final int HEIGHT = 60;
    private static final int STROKE = 10;
    private static final int WIDTH = 40;

    private Lettering() {}

    /** Covers about 300 by 100 pixels. */
    static Area hello(int left, int top) {
        Area word = new Area();
        int x = left;
        for (char letter : "HELLO".toCharArray()) {
            bar(word, x, top, STROKE, HEIGHT);
            switch (letter) {
                case 'H' -> {
                    bar(word, x + WIDTH - STROKE, top, STROKE, HEIGHT);
                    bar(word, x, top + (HEIGHT - STROKE) / 2, WIDTH, STROKE);
                }
                case 'E' -> {
                    bar(word, x, top, WIDTH, STROKE);
                    bar(word, x, top + (HEIGHT - STROKE) / 2, WIDTH, STROKE);
                    bar(word, x, top + HEIGHT - STROKE, WIDTH, STROKE);
                }
                case 'L' -> bar(word, x, top + HEIGHT - STROKE, WIDTH, STROKE);
                default -> {
                    bar(word, x + WIDTH - STROKE, top, STROKE, HEIGHT);
                    bar(word, x, top, WIDTH, STROKE);
                    bar(word, x, top + HEIGHT - STROKE, WIDTH, STROKE);
                }
            }
            x += WIDTH + 15;
        }
        word.transform(AffineTransform.getRotateInstance(.2, left, top));
        return word;
    }

    private static void bar(Area word, int x, int y, int width, int height) {
        word.add(new Area(new Rectangle(x, y, width, height)));
    }

    /** A copy of the picture with the shape drawn on it. */
    static BufferedImage drawn(BufferedImage picture, Area shape, Color color) {
        BufferedImage copy = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = copy.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setColor(color);
        graphics.fill(shape);
        graphics.dispose();
        return copy;
    }

    /** A brush over the shape and four pixels around it, on a picture of the size given. */
    static BufferedImage brush(Area shape, BufferedImage like) {
        BufferedImage black = new BufferedImage(like.getWidth(), like.getHeight(), BufferedImage.TYPE_INT_RGB);
        return Mask.of(drawn(black, shape, Color.WHITE)).dilated(4).toImage();
    }
}
