package io.github.cameldewatermark.testkit;

import io.github.cameldewatermark.image.container.Orientation;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.metadata.IIOMetadataNode;
import javax.imageio.stream.ImageOutputStream;
import org.w3c.dom.Element;

/** Pictures of every kind that people have, made on the spot. The WebP ones were made of {@link #picture} by cwebp. */
public final class PictureSamples {

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int PNG_HEADER = 33;

    private PictureSamples() {}

    /** Colours that run from corner to corner, so that each place has its own: what others are compared with. */
    public static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] row = new byte[3 * width];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                row[3 * x] = (byte) (255 * x / Math.max(1, width - 1));
                row[3 * x + 1] = (byte) (255 * y / Math.max(1, height - 1));
                row[3 * x + 2] = (byte) 128;
            }
            picture.getRaster().setDataElements(0, y, width, 1, row);
        }
        return picture;
    }

    /** The picture in another type of {@link BufferedImage}. */
    public static BufferedImage picture(int width, int height, int type) {
        BufferedImage picture = new BufferedImage(width, height, type);
        Graphics2D g = picture.createGraphics();
        g.drawImage(picture(width, height), 0, 0, null);
        g.dispose();
        return picture;
    }

    public static byte[] as(String format) {
        return written(picture(20, 10), format);
    }

    /** A JPEG in 4:4:4. */
    public static byte[] fullChroma(RenderedImage picture) throws IOException {
        IIOMetadata metadata =
                writer("jpeg").getDefaultImageMetadata(ImageTypeSpecifier.createFromRenderedImage(picture), null);
        String format = "javax_imageio_jpeg_image_1.0";
        IIOMetadataNode root = (IIOMetadataNode) metadata.getAsTree(format);
        Element luma = (Element) root.getElementsByTagName("componentSpec").item(0);
        luma.setAttribute("HsamplingFactor", "1");
        luma.setAttribute("VsamplingFactor", "1");
        metadata.setFromTree(format, root);
        return written(new IIOImage(picture, null, metadata), "jpeg", settings -> settings);
    }

    /** By a writer of the JDK. */
    public static byte[] written(RenderedImage picture, String format) {
        return written(new IIOImage(picture, null, null), format, how -> how);
    }

    public static byte[] written(IIOImage picture, String format, UnaryOperator<ImageWriteParam> settings) {
        ImageWriter writer = writer(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, picture, settings.apply(writer.getDefaultWriteParam()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    public static ImageWriter writer(String format) {
        var writers = ImageIO.getImageWritersByFormatName(format);
        ImageWriter writer = writers.next();
        while (!writer.getClass().getName().startsWith("com.sun.")) {
            writer = writers.next();
        }
        return writer;
    }

    public static byte[] jpeg(RenderedImage picture) {
        return written(new IIOImage(picture, null, null), "jpeg", how -> {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(0.95f);
            return how;
        });
    }

    public static byte[] progressive(RenderedImage picture) {
        return written(new IIOImage(picture, null, null), "jpeg", how -> {
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            return how;
        });
    }

    public static byte[] interlaced(RenderedImage picture) {
        return written(new IIOImage(picture, null, null), "png", how -> {
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            return how;
        });
    }

    /** As Photoshop writes it: the amounts of ink upside down, and Adobe's segment that says so. */
    public static byte[] cmykJpeg(int width, int height) {
        BufferedImage rgb = picture(width, height);
        WritableRaster ink = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, 4, null);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Color color = new Color(rgb.getRGB(x, y));
                ink.setPixel(x, y, new int[] {color.getRed(), color.getGreen(), color.getBlue(), 255});
            }
        }
        byte[] jpeg = written(new IIOImage(ink, null, null), "jpeg", how -> {
            how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            how.setCompressionQuality(0.95f);
            return how;
        });
        byte[] adobe = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0};
        return segment(jpeg, 0xEE, adobe);
    }

    /** With an orientation in its Exif data. */
    public static byte[] oriented(byte[] jpeg, int orientation) {
        return segment(
                jpeg,
                0xE1,
                ByteBuffer.allocate(6 + exif(orientation).length)
                        .put("Exif\0\0".getBytes(StandardCharsets.US_ASCII))
                        .put(exif(orientation))
                        .array());
    }

    /** Turned as the orientation says. */
    public static BufferedImage upright(BufferedImage stored, Orientation orientation) {
        int width = stored.getWidth();
        int height = stored.getHeight();
        BufferedImage upright = orientation.swapsSides()
                ? new BufferedImage(height, width, BufferedImage.TYPE_INT_RGB)
                : new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                Point to = orientation.upright(x, y, width, height);
                upright.setRGB(to.x, to.y, stored.getRGB(x, y));
            }
        }
        return upright;
    }

    /** A TIFF structure with nothing but an orientation. */
    public static byte[] exif(int orientation) {
        return ByteBuffer.allocate(26)
                .put(new byte[] {'M', 'M', 0, 42})
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .putShort((short) 0)
                .putInt(0)
                .array();
    }

    /** With a segment after its start. */
    public static byte[] segment(byte[] jpeg, int marker, byte[] content) {
        return ByteBuffer.allocate(jpeg.length + 4 + content.length)
                .put(jpeg, 0, 2)
                .put((byte) 0xFF)
                .put((byte) marker)
                .putShort((short) (content.length + 2))
                .put(content)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    public static byte[] profiled(byte[] jpeg, byte[] profile) {
        return segment(
                jpeg,
                0xE2,
                ByteBuffer.allocate(14 + profile.length)
                        .put("ICC_PROFILE\0".getBytes(StandardCharsets.US_ASCII))
                        .put((byte) 1)
                        .put((byte) 1)
                        .put(profile)
                        .array());
    }

    /** A profile in which the same numbers mean lighter colours than in sRGB. */
    public static byte[] linearProfile() {
        return ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    }

    /** With a chunk after its header. */
    public static byte[] chunk(byte[] png, String type, byte[] content) {
        byte[] named = ByteBuffer.allocate(4 + content.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
        CRC32 sum = new CRC32();
        sum.update(named);
        return ByteBuffer.allocate(png.length + 8 + named.length)
                .put(png, 0, PNG_HEADER)
                .putInt(content.length)
                .put(named)
                .putInt((int) sum.getValue())
                .put(png, PNG_HEADER, png.length - PNG_HEADER)
                .array();
    }

    public static byte[] profiledPng(byte[] png, byte[] profile) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        content.writeBytes("a profile\0\0".getBytes(StandardCharsets.US_ASCII));
        content.writeBytes(deflated(profile));
        return chunk(png, "iCCP", content.toByteArray());
    }

    /** Black, of any size, however small the file: its rows are all alike. */
    public static byte[] bomb(int width, int height) {
        byte[] rows = new byte[1 << 20];
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(data, new Deflater(9))) {
            long left = Math.min(64L << 20, (long) height * ((width + 7) / 8 + 1));
            for (; left > 0; left -= rows.length) {
                out.write(rows, 0, (int) Math.min(left, rows.length));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {1, 0, 0, 0, 0})
                .array();
        byte[] none = Arrays.copyOf(PNG_SIGNATURE, PNG_HEADER);
        byte[] begin = Arrays.copyOfRange(chunk(none, "IHDR", header), PNG_HEADER, PNG_HEADER + 25);
        byte[] end = Arrays.copyOfRange(chunk(none, "IEND", new byte[0]), PNG_HEADER, PNG_HEADER + 12);
        byte[] middle = chunk(none, "IDAT", data.toByteArray());
        return ByteBuffer.allocate(8 + begin.length + middle.length - PNG_HEADER + end.length)
                .put(PNG_SIGNATURE)
                .put(begin)
                .put(middle, PNG_HEADER, middle.length - PNG_HEADER)
                .put(end)
                .array();
    }

    /** Half of it transparent: the left one. */
    public static BufferedImage halfTransparent(int width, int height) {
        BufferedImage picture = picture(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width / 2; x++) {
                picture.setRGB(x, y, 0);
            }
        }
        return picture;
    }

    /** 16 bits for each of red, green and blue. */
    public static BufferedImage deep(int width, int height) {
        ColorModel colors = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        BufferedImage shallow = picture(width, height);
        WritableRaster deep = colors.createCompatibleWritableRaster(width, height);
        int[] pixel = new int[3];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                shallow.getRaster().getPixel(x, y, pixel);
                deep.setPixel(x, y, Arrays.stream(pixel).map(v -> v * 257).toArray());
            }
        }
        return new BufferedImage(colors, deep, false, null);
    }

    public static byte[] followedBy(byte[] picture, byte[] junk) {
        return ByteBuffer.allocate(picture.length + junk.length)
                .put(picture)
                .put(junk)
                .array();
    }

    /** Several pictures in one file. */
    public static byte[] sequence(String format, BufferedImage... pictures) {
        ImageWriter writer = writer(format);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.prepareWriteSequence(null);
            for (BufferedImage picture : pictures) {
                writer.writeToSequence(new IIOImage(picture, null, null), null);
            }
            writer.endWriteSequence();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** How alike two pictures are, in decibels (peak signal-to-noise ratio). */
    public static double psnr(BufferedImage one, BufferedImage other) {
        if (one.getWidth() != other.getWidth() || one.getHeight() != other.getHeight()) {
            throw new AssertionError(one.getWidth() + " x " + one.getHeight() + " px against " + other.getWidth()
                    + " x " + other.getHeight());
        }
        double squares = 0;
        for (int y = 0; y < one.getHeight(); y++) {
            for (int x = 0; x < one.getWidth(); x++) {
                for (int shift = 0; shift <= 16; shift += 8) {
                    int d = (one.getRGB(x, y) >> shift & 0xFF) - (other.getRGB(x, y) >> shift & 0xFF);
                    squares += d * d;
                }
            }
        }
        return squares == 0 ? 99 : 10 * Math.log10(255.0 * 255.0 * 3 * one.getWidth() * one.getHeight() / squares);
    }

    private static byte[] deflated(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
