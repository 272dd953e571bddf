package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Arrays;

/** An engine that shows what it did: it makes white what the brush covers, or the upper left quarter without a brush. */
public final class WhiteningPictures implements PictureEngine {

    private static final int THRESHOLD = 128;

    @Override
    public CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage cleaned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        draw(cleaned, picture);
        BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        if (brush == null) {
            mask.getRaster().setSamples(0, 0, width / 2, height / 2, 0, white(width * height));
        } else {
            draw(mask, brush);
        }
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                boolean erase = mask.getRaster().getSample(x, y, 0) >= THRESHOLD;
                mask.getRaster().setSample(x, y, 0, erase ? 255 : 0);
                if (erase) {
                    cleaned.setRGB(x, y, Color.WHITE.getRGB());
                }
            }
        }
        return new CleanedPicture(cleaned, mask);
    }

    private static int[] white(int count) {
        int[] white = new int[count];
        Arrays.fill(white, 255);
        return white;
    }

    private static void draw(BufferedImage onto, BufferedImage what) {
        Graphics2D g = onto.createGraphics();
        g.drawImage(what, 0, 0, onto.getWidth(), onto.getHeight(), null);
        g.dispose();
    }
}
