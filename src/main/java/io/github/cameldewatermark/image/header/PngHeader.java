package io.github.cameldewatermark.image.header;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.InflaterInputStream;

/**
 * Reads the chunks of a PNG (W3C PNG, third edition) without decoding its pixels. It reads all of them, because checking their
 * checksums is a cheap way to recognise a damaged or incomplete file.
 */
final class PngHeader {

    private static final int SIGNATURE = 8;
    private static final int MOST_EXIF = 64 * 1024;
    private static final int PALETTE = 3;

    private final CheckedInputStream checked;
    private final DataInputStream in;
    private int width;
    private int height;
    private int bytesPerPixel;
    private int bytesPerSample;
    private boolean palette;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte[] profile;

    private PngHeader(InputStream stream) {
        this.checked = new CheckedInputStream(stream, new CRC32());
        this.in = new DataInputStream(checked);
    }

    /**
     * @throws EOFException              if the picture was cut off
     * @throws MalformedPictureException if the picture is damaged
     */
    static PictureInfo read(InputStream stream) throws IOException {
        PngHeader header = new PngHeader(stream);
        header.chunks();
        return new PictureInfo(
                PictureFormat.PNG,
                header.width,
                header.height,
                3,
                header.orientation,
                PixelLayout.inOrder(header.bytesPerPixel));
    }

    /** Reads the colour profile; {@code null} if there is none, empty if it is broken. */
    static byte[] profile(InputStream stream) throws IOException {
        PngHeader header = new PngHeader(stream);
        header.chunks();
        return header.profile;
    }

    private void chunks() throws IOException {
        in.skipNBytes(SIGNATURE);
        String type = "";
        while (!type.equals("IEND")) {
            int length = in.readInt();
            checked.getChecksum().reset();
            byte[] name = new byte[4];
            in.readFully(name);
            type = new String(name, StandardCharsets.ISO_8859_1);
            if (length < 0 || width == 0 && !type.equals("IHDR")) {
                throw new MalformedPictureException("it does not begin with its size");
            }
            chunk(type, length);
            int sum = (int) checked.getChecksum().getValue();
            if (in.readInt() != sum) {
                throw new MalformedPictureException("the checksum of its part " + type + " is wrong");
            }
        }
    }

    private void chunk(String type, int length) throws IOException {
        switch (type) {
            case "IHDR" -> size(content(length, 13));
            case "eXIf" -> orientation = Exif.view(content(length, MOST_EXIF)).orientation();
            case "tRNS" -> {
                bytesPerPixel += palette ? 0 : bytesPerSample; // the decoder turns it into an alpha sample
                in.skipNBytes(length);
            }
            case "iCCP" -> profile = inflated(content(length, IccProfile.MOST));
            default -> in.skipNBytes(length);
        }
    }

    private byte[] content(int length, int most) throws IOException {
        byte[] content = in.readNBytes(Math.min(length, most));
        in.skipNBytes(length - content.length);
        return content;
    }

    private void size(byte[] content) throws IOException {
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(content));
        width = fields.readInt();
        height = fields.readInt();
        int bits = fields.readUnsignedByte();
        int colors = fields.readUnsignedByte();
        if (width <= 0 || height <= 0) {
            throw new MalformedPictureException("it has no size");
        }
        palette = colors == PALETTE;
        int samples = palette ? 1 : ((colors & 2) != 0 ? 3 : 1) + ((colors & 4) != 0 ? 1 : 0);
        bytesPerSample = bits > 8 ? 2 : 1;
        bytesPerPixel = samples * bytesPerSample;
    }

    /** Inflates a profile after skipping its name. Empty if that fails, which {@link IccProfile#of} reports as broken. */
    private static byte[] inflated(byte[] content) throws IOException {
        int name = 0;
        while (name < content.length && content[name] != 0) {
            name++;
        }
        if (name + 2 >= content.length) {
            return new byte[0];
        }
        try (InputStream inflater =
                new InflaterInputStream(new ByteArrayInputStream(content, name + 2, content.length - name - 2))) {
            return inflater.readNBytes(IccProfile.MOST);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
