package io.github.cameldewatermark.sandbox.platform;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.function.Function;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/** Pictures and masks, from files and to files. */
final class Pictures {

    private static final float QUALITY = 0.95f;
    private static final int LARGEST_MASK = 8000;
    private static final int WHITE = 0xFF;
    private static final int THRESHOLD = 128;

    private Pictures() {}

    /**
     * "It should be a JPEG image and the largest dimension is not greater than 6000 px", section "Remove Watermark".
     *
     * @throws Refusal BAD_REQUEST: it isn't
     */
    static BufferedImage readJpeg(Path file, int largestSide) {
        if (!startsWith(file, 0xFF, 0xD8, 0xFF)) {
            throw Refusal.badRequest("original_preview_image is not a JPEG image");
        }
        return read(
                file,
                largestSide,
                side -> "original_preview_image has a side of " + side + " px, " + largestSide + " px are allowed",
                "original_preview_image can't be decoded");
    }

    private static boolean startsWith(Path file, int... first) {
        try (InputStream in = Files.newInputStream(file)) {
            for (int expected : first) {
                if (in.read() != expected) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * "A PNG of exactly the clip's size": what the vendor says today of the brush for a clip.
     *
     * @param  clip                the size of the clip; {@code null}: any will do
     * @throws Refusal BAD_REQUEST: it isn't
     */
    static void requirePng(Path file, String part, Dimension clip) {
        if (!startsWith(file, 0x89, 'P', 'N', 'G')) {
            throw Refusal.badRequest(part + " is not a PNG image");
        }
        BufferedImage mask = readMask(file, part);
        if (clip != null && (mask.getWidth() != clip.width || mask.getHeight() != clip.height)) {
            throw Refusal.badRequest(part + " has " + mask.getWidth() + " x " + mask.getHeight()
                    + " px, but the video has " + clip.width + " x " + clip.height + " px");
        }
    }

    /**
     * A mask of any size in any format that can be read; where it is transparent it is black.
     *
     * @throws Refusal BAD_REQUEST: it isn't a picture, or a huge one
     */
    static BufferedImage readMask(Path file, String part) {
        BufferedImage any =
                read(file, LARGEST_MASK, side -> part + " has a side of " + side + " px", part + " can't be decoded");
        return gray(any, any.getWidth(), any.getHeight());
    }

    /** The size is checked before a pixel is decoded: a small file can hold a picture that fills any heap. */
    private static BufferedImage read(
            Path file, int largestSide, Function<Integer, String> tooLarge, String notReadable) {
        try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
            Iterator<ImageReader> readers = in == null ? null : ImageIO.getImageReaders(in);
            if (readers == null || !readers.hasNext()) {
                throw Refusal.badRequest(notReadable);
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int side = Math.max(reader.getWidth(0), reader.getHeight(0));
                if (side > largestSide) {
                    throw Refusal.badRequest(tooLarge.apply(side));
                }
                return numbers(reader);
            } finally {
                reader.dispose();
            }
        } catch (Refusal e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // the decoders throw either for a broken file
            throw Refusal.badRequest(notReadable);
        }
    }

    /** As libraries for models read pictures: a colour profile is not looked at, the numbers are taken for sRGB. Our reading. */
    private static BufferedImage numbers(ImageReader reader) throws IOException {
        for (Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0); types.hasNext(); ) {
            ImageTypeSpecifier type = types.next();
            if (type.getNumComponents() == 3
                    && !type.getColorModel().getColorSpace().isCS_sRGB()
                    && type.getSampleModel().getDataType() == DataBuffer.TYPE_BYTE) {
                ImageReadParam asItIs = reader.getDefaultReadParam();
                asItIs.setDestinationType(type);
                ColorModel rgb = new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_BYTE);
                return new BufferedImage(rgb, reader.read(0, asItIs).getRaster(), false, null);
            }
        }
        return reader.read(0);
    }

    private static BufferedImage gray(BufferedImage mask, int width, int height) {
        if (mask.getType() == BufferedImage.TYPE_BYTE_GRAY && mask.getWidth() == width && mask.getHeight() == height) {
            return mask;
        }
        BufferedImage gray = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = gray.createGraphics();
        try {
            g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
            g.setColor(Color.BLACK);
            g.fillRect(0, 0, width, height);
            g.drawImage(mask, 0, 0, width, height, null);
        } finally {
            g.dispose();
        }
        return gray;
    }

    /** White where either is white, of the size of the first. {@code earlier} may be {@code null}. */
    static BufferedImage union(BufferedImage mask, BufferedImage earlier) {
        int width = mask.getWidth();
        int height = mask.getHeight();
        BufferedImage union = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage[] both = earlier == null
                ? new BufferedImage[] {gray(mask, width, height)}
                : new BufferedImage[] {gray(mask, width, height), gray(earlier, width, height)};
        int[] row = new int[width];
        int[] white = new int[width];
        for (int y = 0; y < height; y++) {
            Arrays.fill(white, 0);
            for (BufferedImage one : both) {
                one.getRaster().getSamples(0, y, width, 1, 0, row);
                for (int x = 0; x < width; x++) {
                    white[x] |= row[x] >= THRESHOLD ? WHITE : 0;
                }
            }
            union.getRaster().setSamples(0, y, width, 1, 0, white);
        }
        return union;
    }

    static void writeJpeg(BufferedImage picture, Path file) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            ImageWriteParam quality = writer.getDefaultWriteParam();
            quality.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            quality.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, null), quality);
        } finally {
            writer.dispose();
        }
    }

    static void writePng(BufferedImage mask, Path file) throws IOException {
        if (!ImageIO.write(mask, "png", file.toFile())) {
            throw new IOException("The mask can't be written");
        }
    }
}
