package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;

/** Reads a GIF (GIF89a) up to its first frame. */
final class GifHeader {

    private static final int SCREEN = 6;
    private static final int TABLE = 0x80;

    private GifHeader() {}

    /**
     * Reads the size of the first frame, and checks that the frame is complete: the decoder would leave missing pixels empty.
     */
    static PictureHeader read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        in.skipNBytes(SCREEN + 4L);
        int flags = in.readUnsignedByte();
        in.skipNBytes(2);
        skipTable(in, flags);
        int block = in.readUnsignedByte();
        while (block == '!') {
            in.skipNBytes(1);
            skipSubBlocks(in);
            block = in.readUnsignedByte();
        }
        if (block != ',') {
            throw new IIOException("it has no frame");
        }
        in.skipNBytes(4);
        int width = twoBytes(in);
        int height = twoBytes(in);
        skipTable(in, in.readUnsignedByte());
        in.skipNBytes(1);
        skipSubBlocks(in);
        return new PictureHeader(
                new PictureInfo(PictureFormat.GIF, width, height, 3, Orientation.UPRIGHT, PixelLayout.inOrder(1)));
    }

    private static void skipTable(DataInputStream in, int flags) throws IOException {
        if ((flags & TABLE) != 0) {
            in.skipNBytes(3L * (2 << (flags & 7)));
        }
    }

    private static void skipSubBlocks(DataInputStream in) throws IOException {
        int length = in.readUnsignedByte();
        while (length > 0) {
            in.skipNBytes(length);
            length = in.readUnsignedByte();
        }
    }

    private static int twoBytes(DataInputStream in) throws IOException {
        return in.readUnsignedByte() | in.readUnsignedByte() << 8;
    }
}
