package com.example.preflight;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/** Files to clean, and some that can't be. */
final class Samples {

    private static final int MOVIE_HEADER = 108;

    private Samples() {}

    /** A picture whose content depends on the shade. */
    static byte[] jpeg(int width, int height, int shade) throws IOException {
        return picture("jpeg", width, height, shade);
    }

    static byte[] png() throws IOException {
        return picture("png", 20, 10, 100);
    }

    private static byte[] picture(String format, int width, int height, int shade) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int x = 0; x < width; x++) {
            for (int y = 0; y < height; y++) {
                image.setRGB(x, y, new Color(shade, x % 256, y % 256).getRGB());
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, format, bytes);
        return bytes.toByteArray();
    }

    /** An MP4 that has no pictures, only a header that says how long it is; 0: it doesn't say. */
    static byte[] mp4(double seconds) {
        ByteBuffer file = ByteBuffer.allocate(16 + 8 + MOVIE_HEADER);
        file.putInt(16).put(ascii("ftyp")).put(ascii("isom")).putInt(0);
        file.putInt(8 + MOVIE_HEADER).put(ascii("moov"));
        file.putInt(MOVIE_HEADER).put(ascii("mvhd")).putInt(0).putInt(0).putInt(0);
        file.putInt(1000).putInt((int) Math.round(seconds * 1000));
        return file.array();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Of everything some; see the test that counts it. */
    static void mixedFolder(Path folder) throws IOException {
        // 5 pictures, one of them in a folder of its own
        for (int i = 1; i <= 3; i++) {
            write(folder.resolve("photo-" + i + ".jpg"), jpeg(64, 48, i * 50));
        }
        write(folder.resolve("drawing.png"), png());
        write(folder.resolve("2024/June/beach.JPEG"), jpeg(80, 60, 77));
        // 3 copies of two of them
        write(folder.resolve("copy of photo-1.jpg"), jpeg(64, 48, 50));
        write(folder.resolve("2024/photo-1 (2).jpg"), jpeg(64, 48, 50));
        write(folder.resolve("2024/June/beach again.jpg"), jpeg(80, 60, 77));
        // 2 clips, 6.2 and 3.35 seconds, and a copy of the first
        write(folder.resolve("clip.mp4"), mp4(6.2));
        write(folder.resolve("2024/short.mov"), mp4(3.35));
        write(folder.resolve("2024/renamed.m4v"), mp4(6.2));
        // 6 rejects
        byte[] whole = jpeg(64, 48, 230);
        write(folder.resolve("rejects/text.jpg"), ascii("hello, this is no picture"));
        write(folder.resolve("rejects/page.png"), ascii("<!DOCTYPE html><html>Not found</html>"));
        write(folder.resolve("rejects/empty.jpg"), new byte[0]);
        write(folder.resolve("rejects/empty.mp4"), new byte[0]);
        write(folder.resolve("rejects/cut.jpg"), Arrays.copyOf(whole, whole.length - 100));
        write(folder.resolve("rejects/cut.png"), Arrays.copyOf(png(), 60));
        // others
        write(folder.resolve("notes.txt"), ascii("notes"));
        write(folder.resolve(".hidden/photo.jpg"), jpeg(64, 48, 99));
    }
}
