package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Font;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.apache.camel.main.Main;

/** The routes without a key: with the sandbox in place of the platform, and a picture to begin with. */
public final class Offline {

    private Offline() {}

    public static void main(String[] args) throws Exception {
        drop(Path.of("data/inbox/sample.jpg"));
        try (Sandbox sandbox = Sandbox.start()) {
            Main camel = new Main(App.class);
            camel.addOverrideProperty("camel.component.dewatermark.apiKey", sandbox.apiKey());
            camel.addOverrideProperty("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
            camel.run(args);
        }
    }

    private static void drop(Path file) throws IOException {
        BufferedImage picture = new BufferedImage(800, 500, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        g.setPaint(new GradientPaint(0, 0, new Color(0x1B4F72), 800, 500, new Color(0x7E5109)));
        g.fillRect(0, 0, 800, 500);
        g.setComposite(AlphaComposite.getInstance(AlphaComposite.SRC_OVER, 0.5f));
        g.setColor(Color.WHITE);
        g.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 90));
        g.drawString("SAMPLE", 210, 280);
        g.dispose();
        Files.createDirectories(file.getParent());
        ImageIO.write(picture, "jpeg", file.toFile());
    }
}
