package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;

/** An engine that shows what it did: it makes white what the brush covers, or the upper left quarter without a brush. */
public final class WhiteningPictures implements PictureEngine {

    private static final int THRESHOLD = 128;
    private static final int WHITE = 0xFFFFFF;

    @Override
    public CleanedPicture clean(BufferedImage picture, BufferedImage brush) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage cleaned = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        draw(cleaned, picture);
        BufferedImage mask = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        if (brush == null) {
            Graphics2D g = mask.createGraphics();
            g.setColor(Color.WHITE);
            g.fillRect(0, 0, width / 2, height / 2);
            g.dispose();
        } else {
            draw(mask, brush);
        }
        whiten(cleaned, mask);
        return new CleanedPicture(cleaned, mask);
    }

    /** By rows, as single pixels take several times as long. */
    private static void whiten(BufferedImage picture, BufferedImage mask) {
        byte[] marks = new byte[picture.getWidth()];
        int[] pixels = new int[picture.getWidth()];
        for (int y = 0; y < picture.getHeight(); y++) {
            mask.getRaster().getDataElements(0, y, marks.length, 1, marks);
            picture.getRaster().getDataElements(0, y, pixels.length, 1, pixels);
            for (int x = 0; x < pixels.length; x++) {
                boolean erase = (marks[x] & 0xFF) >= THRESHOLD;
                marks[x] = (byte) (erase ? 255 : 0);
                pixels[x] = erase ? WHITE : pixels[x];
            }
            mask.getRaster().setDataElements(0, y, marks.length, 1, marks);
            picture.getRaster().setDataElements(0, y, pixels.length, 1, pixels);
        }
    }

    private static void draw(BufferedImage onto, BufferedImage what) {
        Graphics2D g = onto.createGraphics();
        g.drawImage(what, 0, 0, onto.getWidth(), onto.getHeight(), null);
        g.dispose();
    }
}
