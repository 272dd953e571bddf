package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Exif;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.imageio.IIOException;

/** Reads the chunks of a WebP (RFC 9649) without decoding its pixels. */
final class WebpHeader {

    private static final int ANIMATED = 0x02;

    /** The memory in bytes that the decoder needs for each pixel, besides the picture itself; measured. */
    private static final int LOSSLESS_DECODER = 4;

    /** The same for lossy pictures: the decoder keeps all blocks of the picture as objects. */
    private static final int LOSSY_DECODER = 28;

    private final InputStream in;
    private final Content picture;
    private int width;
    private int height;
    private int decoder;
    private byte[] exif;
    private byte[] xmp;
    private byte[] profile;

    private WebpHeader(InputStream in, Content picture) {
        this.in = in;
        this.picture = picture;
    }

    static PictureHeader read(InputStream in, Content picture) throws IOException {
        WebpHeader webp = new WebpHeader(in, picture);
        webp.chunks();
        ZeroTail.requireNone(picture, PictureFormat.WEBP, true);
        if (webp.decoder == 0) {
            throw new IIOException("it has no picture");
        }
        long decoder = (long) webp.decoder * webp.width * webp.height;
        PixelLayout pixels = new PixelLayout(4, webp.height, decoder, true);
        PictureInfo info =
                new PictureInfo(PictureFormat.WEBP, webp.width, webp.height, Exif.orientation(webp.exif), pixels);
        return new PictureHeader(info, webp.exif, webp.xmp, null, webp.profile);
    }

    private void chunks() throws IOException {
        long left = Integer.toUnsignedLong(read(12).getInt(4)) - 4;
        while (left >= 8) {
            ByteBuffer head = read(8);
            long length = Integer.toUnsignedLong(head.getInt(4));
            long padded = length + (length & 1);
            // after the last chunk, the file may end without the padding byte
            String type = new String(head.array(), 0, 4, ISO_8859_1);
            if (!type.chars().allMatch(c -> c >= ' ' && c <= '~')) {
                throw new IIOException("a part of it has no name");
            }
            chunk(type, length, left - 8 == length ? length : padded);
            left -= 8 + padded;
        }
    }

    private void chunk(String type, long length, long padded) throws IOException {
        switch (type) {
            case "VP8X" -> extended(start(length, padded, 10));
            case "VP8L" -> lossless(start(length, padded, 5));
            case "VP8 " -> lossy(start(length, padded, 10));
            case "EXIF" -> {
                byte[] block = content(length, padded, PictureHeader.MAX_BLOCK).array();
                exif = Kind.EXIF.withoutId(block); // which some programs put in front of the data, as in a JPEG
            }
            case "XMP " ->
                xmp = content(length, padded, PictureHeader.MAX_BLOCK).array();
            case "ICCP" ->
                profile = content(length, padded, PictureHeader.MAX_KEPT).array();
            default -> in.skipNBytes(padded);
        }
    }

    private ByteBuffer start(long length, long padded, int needed) throws IOException {
        if (length < needed) {
            throw new IIOException("one of its chunks is too short");
        }
        return content(length, padded, needed);
    }

    private ByteBuffer content(long length, long padded, int most) throws IOException {
        ByteBuffer content = read((int) Math.min(length, most));
        in.skipNBytes(padded - content.limit());
        return content;
    }

    private void extended(ByteBuffer content) {
        if ((content.get(0) & ANIMATED) != 0) {
            throw Refusal.of(picture, "is an animated WebP picture; save one of its frames as a picture first");
        }
        size(1 + (content.getInt(4) & 0xFFFFFF), 1 + (content.getInt(6) >>> 8));
    }

    private void lossless(ByteBuffer content) {
        decoder = LOSSLESS_DECODER;
        int bits = content.getInt(1);
        size(1 + (bits & 0x3FFF), 1 + (bits >>> 14 & 0x3FFF));
    }

    private void lossy(ByteBuffer content) {
        decoder = LOSSY_DECODER;
        size(content.getShort(6) & 0x3FFF, content.getShort(8) & 0x3FFF);
    }

    /** Sets the size unless it is set: the first one in the file, that of the canvas, counts. */
    private void size(int canvasWidth, int canvasHeight) {
        if (width == 0) {
            width = canvasWidth;
            height = canvasHeight;
        }
    }

    private ByteBuffer read(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
