package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.image.container.Exif;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.InflaterInputStream;
import javax.imageio.IIOException;

/**
 * Reads the chunks of a PNG (W3C PNG, third edition) without decoding its pixels. It reads all of them, because checking their
 * checksums is a cheap way to recognise a damaged or incomplete file.
 */
final class PngHeader {

    private static final int SIGNATURE = 8;
    private static final int PALETTE = 3;

    /** The beginning of a text chunk with XMP: the keyword, not compressed, and an empty language and translation. */
    private static final byte[] XMP = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(ISO_8859_1);

    private final CheckedInputStream checked;
    private final DataInputStream in;
    private int width;
    private int height;
    private int bytesPerPixel;
    private int bytesPerSample;
    private boolean palette;
    private byte[] exif;
    private byte[] xmp;
    private byte[] profile;

    private PngHeader(InputStream stream) {
        this.checked = new CheckedInputStream(stream, new CRC32());
        this.in = new DataInputStream(checked);
    }

    static PictureHeader read(InputStream stream) throws IOException {
        PngHeader png = new PngHeader(stream);
        png.chunks();
        PixelLayout pixels = PixelLayout.inOrder(png.bytesPerPixel);
        PictureInfo info =
                new PictureInfo(PictureFormat.PNG, png.width, png.height, Exif.orientation(png.exif), pixels);
        return new PictureHeader(info, png.exif, png.xmp, null, png.profile);
    }

    private void chunks() throws IOException {
        in.skipNBytes(SIGNATURE);
        String type = "";
        while (!type.equals("IEND")) {
            int length = in.readInt();
            checked.getChecksum().reset();
            byte[] name = new byte[4];
            in.readFully(name);
            type = new String(name, ISO_8859_1);
            if (length < 0 || width == 0 && !type.equals("IHDR")) {
                throw new IIOException("it does not start with its size");
            }
            chunk(type, length);
            int sum = (int) checked.getChecksum().getValue();
            if (in.readInt() != sum) {
                throw new IIOException("the checksum of its chunk " + type + " is wrong");
            }
        }
    }

    private void chunk(String type, int length) throws IOException {
        switch (type) {
            case "IHDR" -> size(content(length, 13));
            case "eXIf" -> exif = content(length, PictureHeader.MAX_BLOCK);
            case "iTXt" -> text(content(length, PictureHeader.MAX_BLOCK));
            case "iCCP" -> profile = inflated(content(length, PictureHeader.MAX_KEPT));
            case "tRNS" -> {
                bytesPerPixel += palette ? 0 : bytesPerSample; // the decoder turns it into an alpha sample
                in.skipNBytes(length);
            }
            default -> in.skipNBytes(length);
        }
    }

    private byte[] content(int length, int most) throws IOException {
        byte[] content = in.readNBytes(Math.min(length, most));
        in.skipNBytes(length - content.length);
        return content;
    }

    private void text(byte[] content) {
        if (Arrays.mismatch(content, XMP) == XMP.length) {
            xmp = Arrays.copyOfRange(content, XMP.length, content.length);
        }
    }

    private void size(byte[] content) throws IOException {
        if (content.length < 13) {
            throw new EOFException();
        }
        ByteBuffer fields = ByteBuffer.wrap(content);
        width = fields.getInt(0);
        height = fields.getInt(4);
        int colours = content[9];
        palette = colours == PALETTE;
        int samples = palette ? 1 : ((colours & 2) != 0 ? 3 : 1) + ((colours & 4) != 0 ? 1 : 0);
        bytesPerSample = content[8] > 8 ? 2 : 1;
        bytesPerPixel = samples * bytesPerSample;
    }

    /** Inflates a profile after skipping its name. Empty if that fails. */
    private static byte[] inflated(byte[] content) {
        int name = 0;
        while (name < content.length && content[name] != 0) {
            name++;
        }
        if (name + 2 >= content.length) {
            return new byte[0];
        }
        try (InputStream inflater =
                new InflaterInputStream(new ByteArrayInputStream(content, name + 2, content.length - name - 2))) {
            return inflater.readNBytes(PictureHeader.MAX_KEPT);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
