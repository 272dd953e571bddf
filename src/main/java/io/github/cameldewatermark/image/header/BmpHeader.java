package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Reads the header of a BMP, in the form of Windows or of OS/2. */
final class BmpHeader {

    private static final int OS2 = 12;
    private static final int LENGTH = 34;
    private static final int UNCOMPRESSED = 0;
    /** Pixels with masks for their colours; less than that are run lengths, more are a JPEG or PNG within the BMP. */
    private static final int MASKS = 3;

    private static final Set<Integer> BITS = Set.of(1, 4, 8, 16, 24, 32);

    private BmpHeader() {}

    static PictureHeader read(InputStream stream, Content picture) throws IOException {
        ZeroTail.requireNone(picture, PictureFormat.BMP, false);
        ByteBuffer header = ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
        if (stream.readNBytes(header.array(), 0, LENGTH) < LENGTH) {
            throw new EOFException();
        }
        boolean os2 = header.getInt(14) == OS2;
        int width = os2 ? Short.toUnsignedInt(header.getShort(18)) : header.getInt(18);
        // a negative height means that the rows are stored from the top down
        int height = os2 ? Short.toUnsignedInt(header.getShort(20)) : Math.abs(header.getInt(22));
        int bits = header.getShort(os2 ? 24 : 28);
        int compression = os2 ? UNCOMPRESSED : header.getInt(30);
        if (!BITS.contains(bits) || compression < UNCOMPRESSED || compression > MASKS) {
            throw Refusal.of(
                    picture,
                    "is a BMP with " + bits + " bits per pixel and the compression " + compression
                            + ", which is not supported; save it as JPEG or PNG first");
        }
        boolean inOrder = compression != UNCOMPRESSED;
        PixelLayout pixels = new PixelLayout(Math.max(1, Math.min(bits, 32) / 8), 1, 0, inOrder);
        return new PictureHeader(new PictureInfo(PictureFormat.BMP, width, height, Orientation.UPRIGHT, pixels));
    }
}
