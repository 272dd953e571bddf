package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.awt.Rectangle;
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
     * Reads the size of the canvas and the place of the first frame on it, and checks that the frame is complete: the decoder would
     * leave missing pixels empty.
     */
    static PictureHeader read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        in.skipNBytes(SCREEN);
        Rectangle canvas = new Rectangle(twoBytes(in), twoBytes(in));
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
        Rectangle frame = new Rectangle(twoBytes(in), twoBytes(in), twoBytes(in), twoBytes(in));
        skipTable(in, in.readUnsignedByte());
        in.skipNBytes(1);
        skipSubBlocks(in);
        int next = in.read();
        if (next >= 0 && ",!;".indexOf(next) < 0) { // some end without saying so
            throw new IIOException("what comes after its first frame is no part of a GIF");
        }
        canvas.add(frame); // viewers enlarge the canvas, too
        // a smaller frame is put on its canvas as a whole, with 4 bytes more for each pixel
        PixelLayout pixels =
                frame.equals(canvas) ? PixelLayout.inOrder(1) : new PixelLayout(5, canvas.height, 0, true, frame);
        return new PictureHeader(
                new PictureInfo(PictureFormat.GIF, canvas.width, canvas.height, Orientation.UPRIGHT, pixels));
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
