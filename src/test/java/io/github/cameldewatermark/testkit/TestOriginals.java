package io.github.cameldewatermark.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.ExifGPSTagSet;
import javax.imageio.plugins.tiff.ExifParentTIFFTagSet;
import javax.imageio.plugins.tiff.ExifTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;
import javax.imageio.plugins.tiff.TIFFTag;
import javax.imageio.plugins.tiff.TIFFTagSet;
import javax.imageio.stream.ImageOutputStream;

/** Pictures of other kinds than JPEG, with metadata. */
public final class TestOriginals {

    private TestOriginals() {}

    /** By the name of its format: jpeg, png, webp or tiff. */
    public static byte[] of(String format, byte[] exif, byte[] xmp, byte[] iptc) {
        return switch (format) {
            case "png" -> png(exif, xmp);
            case "webp" -> webp(exif, xmp);
            case "tiff" -> tiff(ByteOrder.BIG_ENDIAN, xmp, iptc);
            default ->
                TestMetadata.withSegments(
                        TestPictures.jpeg(),
                        TestMetadata.exifSegment(exif),
                        TestMetadata.xmpSegment(xmp),
                        TestMetadata.photoshopSegment(TestMetadata.resource(0x0404, iptc)));
        };
    }

    /** With chunks after its pixels, where they may be, too. */
    public static byte[] png(byte[] exif, byte[] xmp) {
        byte[] png = write("png", null, null);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(png, 0, png.length - 12);
        out.writeBytes(chunk("eXIf", exif));
        out.writeBytes(chunk("iTXt", join("Comment\0\0\0\0\0".getBytes(ISO_8859_1), new byte[9])));
        out.writeBytes(chunk("iTXt", join("XML:com.adobe.xmp\0\0\0\0\0".getBytes(ISO_8859_1), xmp)));
        out.write(png, png.length - 12, 12);
        return out.toByteArray();
    }

    private static byte[] join(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }

    private static byte[] chunk(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(12 + data.length).putInt(data.length);
        chunk.put(type.getBytes(ISO_8859_1)).put(data);
        CRC32 checksum = new CRC32();
        checksum.update(chunk.array(), 4, 4 + data.length);
        return chunk.putInt((int) checksum.getValue()).array();
    }

    /** One green pixel. */
    public static byte[] webp(byte[] exif, byte[] xmp) {
        ByteBuffer webp = ByteBuffer.allocate(12 + 18 + 34 + 9 + exif.length + 9 + xmp.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        riff(webp, "RIFF", 0, "WEBP");
        riff(webp, "VP8X", 10, "\u000C\0\0\0\0\0\0\0\0\0"); // has Exif and XMP
        riff(webp, "VP8L", 13, "\u002F\0\0\0\u0010\u0007\u0010\u0011\u0011\u0088\u0088\u00FE\u0007\0");
        riff(webp, "EXIF", exif.length, new String(exif, ISO_8859_1) + (exif.length % 2 == 0 ? "" : "\0"));
        riff(webp, "XMP ", xmp.length, new String(xmp, ISO_8859_1) + (xmp.length % 2 == 0 ? "" : "\0"));
        webp.putInt(4, webp.position() - 8);
        return Arrays.copyOf(webp.array(), webp.position());
    }

    private static void riff(ByteBuffer webp, String type, int length, String data) {
        webp.put(type.getBytes(ISO_8859_1)).putInt(length).put(data.getBytes(ISO_8859_1));
    }

    /** As the JDK writes it. */
    public static byte[] tiff(ByteOrder order, byte[] xmp, byte[] iptc) {
        TIFFDirectory exif = new TIFFDirectory(new TIFFTagSet[] {ExifTIFFTagSet.getInstance()}, null);
        text(exif, ExifTIFFTagSet.getInstance(), ExifTIFFTagSet.TAG_DATE_TIME_ORIGINAL, TestMetadata.DATE);
        TIFFTagSet gpsTags = ExifGPSTagSet.getInstance();
        TIFFDirectory gps = new TIFFDirectory(new TIFFTagSet[] {gpsTags}, null);
        text(gps, gpsTags, ExifGPSTagSet.TAG_GPS_LATITUDE_REF, "N");
        text(gps, gpsTags, ExifGPSTagSet.TAG_GPS_LONGITUDE_REF, "W");
        place(gps, gpsTags, ExifGPSTagSet.TAG_GPS_LATITUDE, 51, 28, 40);
        place(gps, gpsTags, ExifGPSTagSet.TAG_GPS_LONGITUDE, 0, 0, 5);
        TIFFTagSet base = BaselineTIFFTagSet.getInstance();
        TIFFTagSet parent = ExifParentTIFFTagSet.getInstance();
        TIFFDirectory main = new TIFFDirectory(new TIFFTagSet[] {base, parent}, null);
        text(main, base, BaselineTIFFTagSet.TAG_MAKE, TestMetadata.MAKE);
        text(main, base, BaselineTIFFTagSet.TAG_COPYRIGHT, TestMetadata.COPYRIGHT);
        main.addTIFFField(
                new TIFFField(parent.getTag(ExifParentTIFFTagSet.TAG_EXIF_IFD_POINTER), TIFFTag.TIFF_LONG, 1L, exif));
        main.addTIFFField(new TIFFField(
                parent.getTag(ExifParentTIFFTagSet.TAG_GPS_INFO_IFD_POINTER), TIFFTag.TIFF_LONG, 1L, gps));
        main.addTIFFField(bytes(0x02BC, xmp));
        main.addTIFFField(bytes(0x83BB, iptc));
        return write("tiff", main, order);
    }

    private static void text(TIFFDirectory directory, TIFFTagSet tags, int tag, String text) {
        directory.addTIFFField(new TIFFField(tags.getTag(tag), TIFFTag.TIFF_ASCII, 1, new String[] {text}));
    }

    private static void place(TIFFDirectory directory, TIFFTagSet tags, int tag, long... numbers) {
        long[][] rationals = new long[numbers.length][];
        for (int i = 0; i < numbers.length; i++) {
            rationals[i] = new long[] {numbers[i], 1};
        }
        directory.addTIFFField(new TIFFField(tags.getTag(tag), TIFFTag.TIFF_RATIONAL, rationals.length, rationals));
    }

    private static TIFFField bytes(int tag, byte[] bytes) {
        return new TIFFField(
                new TIFFTag("tag" + tag, tag, 1 << TIFFTag.TIFF_BYTE), TIFFTag.TIFF_BYTE, bytes.length, bytes);
    }

    private static byte[] write(String format, TIFFDirectory directory, ByteOrder order) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(TestPictures.jpeg()));
            IIOMetadata metadata = null;
            if (directory != null) {
                out.setByteOrder(order);
                metadata = directory.getAsMetadata();
                metadata = writer.convertImageMetadata(
                        metadata, ImageTypeSpecifier.createFromRenderedImage(picture), writer.getDefaultWriteParam());
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(picture, null, metadata), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
