package io.github.cameldewatermark.image;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads the segments of a JPEG (ITU-T T.81, annex B) without decoding it: its size, how the camera was held, and whether it
 * has its end.
 */
final class JpegScanner {

    /** End of image. */
    static final int EOI = 0xD9;

    private static final int SOI = 0xD8;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;
    private static final int APP1 = 0xE1;
    private static final int APP2 = 0xE2;
    private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};
    private static final byte[] ICC = {'I', 'C', 'C', '_', 'P', 'R', 'O', 'F', 'I', 'L', 'E', 0};

    private final InputStream in;
    private Orientation orientation = Orientation.UPRIGHT;
    private ByteArrayOutputStream profile;

    JpegScanner(InputStream in) {
        this.in = new BufferedInputStream(in, 32 * 1024);
    }

    /**
     * What the frame header says, and the Exif data in front of it.
     *
     * @throws EOFException              it ends before
     * @throws MalformedPictureException it isn't a JPEG
     * @throws IOException               it can't be read
     */
    PictureInfo frame() throws IOException {
        if (read() != 0xFF || read() != SOI) {
            throw new MalformedPictureException("no start of image");
        }
        int marker = marker();
        while (!isFrame(marker)) {
            if (marker == EOI || marker == SOS) {
                throw new MalformedPictureException("no frame header before the picture data");
            }
            if (marker == APP1) {
                readExif();
            } else if (marker == APP2 && profile != null) {
                readProfile();
            } else {
                skipSegment(marker);
            }
            marker = marker();
        }
        return frameHeader();
    }

    /** The colour profile in front of the frame header, or {@code null}; its pieces in the order in which they come. */
    static byte[] profile(InputStream in) throws IOException {
        JpegScanner jpeg = new JpegScanner(in);
        jpeg.profile = new ByteArrayOutputStream();
        jpeg.frame();
        return jpeg.profile.size() == 0 ? null : jpeg.profile.toByteArray();
    }

    private PictureInfo frameHeader() throws IOException {
        int length = twoBytes();
        read(); // bits per sample
        int height = twoBytes();
        int width = twoBytes();
        int components = read();
        if (length < 8) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        in.skipNBytes(length - 8L);
        return new PictureInfo(
                PictureFormat.JPEG,
                width,
                height,
                components,
                orientation,
                PixelLayout.inOrder(components == 1 ? 1 : 3));
    }

    private void readExif() throws IOException {
        int length = segmentLength();
        byte[] begin = in.readNBytes(Math.min(EXIF.length, length));
        if (Arrays.equals(begin, EXIF)) {
            byte[] exif = in.readNBytes(length - EXIF.length);
            orientation = new Exif(exif).orientation();
        } else {
            in.skipNBytes(length - begin.length);
        }
    }

    private void readProfile() throws IOException {
        byte[] piece = in.readNBytes(segmentLength());
        int name = ICC.length + 2; // and the number of this piece and that of all
        if (piece.length > name && Arrays.equals(piece, 0, ICC.length, ICC, 0, ICC.length)) {
            profile.write(piece, name, piece.length - name);
        }
    }

    /** Whether the end-of-image marker follows, after {@link #frame()}; reads all of the picture. */
    boolean hasEnd() throws IOException {
        try {
            int marker = marker();
            while (marker != EOI) {
                skipSegment(marker);
                marker = marker == SOS ? markerAfterEntropyData() : marker();
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }

    private int markerAfterEntropyData() throws IOException {
        while (true) {
            int b = read();
            while (b != 0xFF) {
                b = read();
            }
            while (b == 0xFF) {
                b = read();
            }
            // 0xFF 0x00 is a data byte, and restart markers belong to the data
            if (b != 0 && !isRestart(b)) {
                return b;
            }
        }
    }

    private int marker() throws IOException {
        int b = read();
        if (b != 0xFF) {
            throw new MalformedPictureException("a marker is missing between its segments");
        }
        while (b == 0xFF) {
            b = read();
        }
        return b;
    }

    private void skipSegment(int marker) throws IOException {
        if (marker != TEM && !isRestart(marker)) {
            in.skipNBytes(segmentLength());
        }
    }

    /** Of what follows. */
    private int segmentLength() throws IOException {
        int length = twoBytes();
        if (length < 2) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        return length - 2;
    }

    private static boolean isFrame(int marker) {
        // SOF0 to SOF15, among which DHT, JPG and DAC are none
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    private static boolean isRestart(int marker) {
        return marker >= 0xD0 && marker <= 0xD7;
    }

    private int twoBytes() throws IOException {
        return read() << 8 | read();
    }

    private int read() throws IOException {
        int b = in.read();
        if (b < 0) {
            throw new EOFException("the picture ends early");
        }
        return b;
    }
}
