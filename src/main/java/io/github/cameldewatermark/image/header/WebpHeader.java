package io.github.cameldewatermark.image.header;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Reads the chunks of a WebP (RFC 9649) without decoding its pixels. */
final class WebpHeader {

    private static final int ANIMATED = 0x02;
    private static final int MOST_EXIF = 64 * 1024;

    /** The memory in bytes that the decoder needs for each pixel, besides the picture itself; measured. */
    private static final int LOSSLESS_DECODER = 4;

    /** The same for lossy pictures: the decoder keeps all blocks of the picture as objects. */
    private static final int LOSSY_DECODER = 28;

    private final InputStream in;
    private int width;
    private int height;
    private int decoder;
    private Orientation orientation = Orientation.UPRIGHT;
    private byte[] profile;

    private WebpHeader(InputStream in) {
        this.in = in;
    }

    /**
     * @throws EOFException              if the picture was cut off
     * @throws MalformedPictureException if the picture is damaged
     * @throws RefusedPictureException   if the picture is animated
     */
    static PictureInfo read(InputStream in) throws IOException {
        WebpHeader header = new WebpHeader(in);
        header.chunks();
        if (header.decoder == 0) {
            throw new MalformedPictureException("it has no picture");
        }
        long decoder = (long) header.decoder * header.width * header.height;
        return new PictureInfo(
                PictureFormat.WEBP,
                header.width,
                header.height,
                3,
                header.orientation,
                new PixelLayout(4, header.height, decoder, true));
    }

    /** Reads the colour profile; {@code null} if there is none. */
    static byte[] profile(InputStream in) throws IOException {
        WebpHeader header = new WebpHeader(in);
        header.chunks();
        return header.profile;
    }

    private void chunks() throws IOException {
        ByteBuffer riff = littleEndian(12);
        long left = Integer.toUnsignedLong(riff.getInt(4)) - 4;
        while (left >= 8) {
            ByteBuffer head = littleEndian(8);
            long length = Integer.toUnsignedLong(head.getInt(4));
            long padded = length + (length & 1);
            chunk(new String(head.array(), 0, 4, StandardCharsets.ISO_8859_1), length, padded, left - 8 == length);
            left -= 8 + padded;
        }
    }

    /** @param last whether this is the last chunk, after which the file may end without the padding byte */
    private void chunk(String type, long length, long padded, boolean last) throws IOException {
        int wanted = (int) Math.min(
                length,
                switch (type) {
                    case "VP8X", "VP8L", "VP8 " -> 10;
                    case "EXIF" -> MOST_EXIF;
                    case "ICCP" -> IccProfile.MOST;
                    default -> 0;
                });
        byte[] content = in.readNBytes(wanted);
        if (content.length < wanted) {
            throw new EOFException();
        }
        in.skipNBytes((last ? length : padded) - wanted);
        switch (type) {
            case "VP8X" -> extended(content);
            case "VP8L" -> lossless(content);
            case "VP8 " -> lossy(content);
            // some programs put the "Exif" id of JPEG in front of the data
            case "EXIF" ->
                orientation = Exif.view(SegmentKind.EXIF.withoutId(content)).orientation();
            case "ICCP" -> profile = content;
            default -> {}
        }
    }

    private void extended(byte[] content) throws IOException {
        require(content, 10);
        if ((content[0] & ANIMATED) != 0) {
            throw new RefusedPictureException("is an animated WebP picture; save one frame of it as a picture before");
        }
        size(1 + threeBytes(content, 4), 1 + threeBytes(content, 7));
    }

    private void lossless(byte[] content) throws IOException {
        require(content, 5);
        decoder = LOSSLESS_DECODER;
        int bits = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).getInt(1);
        size(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
    }

    private void lossy(byte[] content) throws IOException {
        require(content, 10);
        decoder = LOSSY_DECODER;
        ByteBuffer fields = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        size(fields.getShort(6) & 0x3FFF, fields.getShort(8) & 0x3FFF);
    }

    /** Sets the size unless it is set: the first one in the file, that of the canvas, counts. */
    private void size(int canvasWidth, int canvasHeight) {
        if (width == 0) {
            width = canvasWidth;
            height = canvasHeight;
        }
    }

    private static void require(byte[] content, int length) throws IOException {
        if (content.length < length) {
            throw new MalformedPictureException("a part of it is too short");
        }
    }

    private static int threeBytes(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8 | (bytes[at + 2] & 0xFF) << 16;
    }

    private ByteBuffer littleEndian(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
