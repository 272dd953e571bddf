package com.example;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;

/** Pictures and a clip, and how they get into a folder. */
final class Samples {

    static final int WIDTH = 64;
    static final int HEIGHT = 48;
    static final int CELLS = 48;

    static final String WATERMARK = "SAMPLE";

    private static final int CELL = 8;
    private static final int COLUMNS = WIDTH / CELL;

    private Samples() {}

    /** Grey, with a white spot in the middle. */
    static byte[] jpeg() throws IOException {
        return picture("jpeg", Color.GRAY);
    }

    /** The same, in a grey of its own, by which it is known when it comes back clean. */
    static byte[] jpeg(int grey) throws IOException {
        return picture("jpeg", new Color(grey, grey, grey));
    }

    /** The same with a number in a comment, so that no two are equal. */
    static byte[] numbered(int number) throws IOException {
        byte[] jpeg = jpeg();
        return ByteBuffer.allocate(jpeg.length + 8)
                .put(jpeg, 0, 2)
                .putInt(0xFFFE0006)
                .putInt(number)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    static byte[] png(int grey) throws IOException {
        return picture("png", new Color(grey, grey, grey));
    }

    /** With a number and the watermark on each page. */
    static byte[] pdf(int pages) throws IOException {
        try (PDDocument pdf = new PDDocument()) {
            PDFont font = new PDType1Font(Standard14Fonts.FontName.HELVETICA);
            for (int page = 1; page <= pages; page++) {
                pdf.addPage(new PDPage());
                write(pdf, font, "Page " + page, 700);
                write(pdf, font, WATERMARK, 400);
            }
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            pdf.save(out);
            return out.toByteArray();
        }
    }

    private static void write(PDDocument pdf, PDFont font, String text, int y) throws IOException {
        PDPage page = pdf.getPage(pdf.getNumberOfPages() - 1);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page, AppendMode.APPEND, false, true)) {
            content.beginText();
            content.setFont(font, 24);
            content.newLineAtOffset(100, y);
            content.showText(text);
            content.endText();
        }
    }

    /** A mask for it: white where the spot is. */
    static byte[] mask() throws IOException {
        return picture("png", Color.BLACK);
    }

    /** A mask like no other: the picture is divided into {@link #CELLS} squares, and one of them is white. */
    static byte[] mask(int cell) throws IOException {
        BufferedImage mask = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D graphics = mask.createGraphics();
        graphics.setColor(Color.WHITE);
        graphics.fillRect(cell % COLUMNS * CELL, cell / COLUMNS * CELL, CELL, CELL);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(mask, "png", out);
        return out.toByteArray();
    }

    /** The squares of a mask that are white. */
    static Set<Integer> whiteCells(BufferedImage mask) {
        return IntStream.range(0, CELLS)
                .filter(cell -> {
                    int x = cell % COLUMNS * CELL + CELL / 2;
                    int y = cell / COLUMNS * CELL + CELL / 2;
                    return new Color(mask.getRGB(x, y)).getRed() > 127;
                })
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Six seconds. */
    static byte[] clip() throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream("/rocket-pan.mp4")) {
            return in.readAllBytes();
        }
    }

    /** The same with a number after it, as the same clip twice would be one task. */
    static byte[] clip(int number) throws IOException {
        byte[] clip = clip();
        return ByteBuffer.allocate(clip.length + 12)
                .put(clip)
                .putInt(12)
                .put("free".getBytes())
                .putInt(number)
                .array();
    }

    static byte[] text() {
        return "this is no picture".getBytes();
    }

    static BufferedImage read(byte[] picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture));
    }

    /** As if it had been there for a while: a read lock waits for files that may still be written. */
    static void drop(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path elsewhere = Files.write(Files.createTempFile(file.getParent().getParent(), "dropped", null), content);
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(elsewhere, file);
    }

    private static byte[] picture(String format, Color background) throws IOException {
        BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(background);
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.setColor(Color.WHITE);
        graphics.fillRect(24, 16, 16, 16);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, format, out);
        return out.toByteArray();
    }
}
