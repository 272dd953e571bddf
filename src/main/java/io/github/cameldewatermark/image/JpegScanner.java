package io.github.cameldewatermark.image;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads the segments of a JPEG (ITU-T T.81, annex B) without decoding it: its size, and whether it has its end.
 */
final class JpegScanner {

    /** End of image. */
    static final int EOI = 0xD9;

    private static final int SOI = 0xD8;
    private static final int SOS = 0xDA;
    private static final int TEM = 0x01;

    /** It isn't a JPEG, or a broken one. */
    static final class MalformedException extends IOException {
        private static final long serialVersionUID = 1L;

        MalformedException(String problem) {
            super(problem);
        }
    }

    private final InputStream in;

    JpegScanner(InputStream in) {
        this.in = new BufferedInputStream(in, 32 * 1024);
    }

    /**
     * The size in the frame header.
     *
     * @throws EOFException       it ends before
     * @throws MalformedException it isn't a JPEG
     * @throws IOException        it can't be read
     */
    PictureInfo frame() throws IOException {
        if (read() != 0xFF || read() != SOI) {
            throw new MalformedException("no start of image");
        }
        while (true) {
            int marker = marker();
            if (isFrame(marker)) {
                int length = twoBytes();
                read(); // bits per sample
                int height = twoBytes();
                int width = twoBytes();
                if (length < 8) {
                    throw new MalformedException("a segment has an impossible length");
                }
                in.skipNBytes(length - 7L);
                return new PictureInfo(PictureFormat.JPEG, width, height);
            }
            if (marker == EOI || marker == SOS) {
                throw new MalformedException("no frame header before the picture data");
            }
            skipSegment(marker);
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
            throw new MalformedException("a marker is missing between its segments");
        }
        while (b == 0xFF) {
            b = read();
        }
        return b;
    }

    private void skipSegment(int marker) throws IOException {
        if (marker != TEM && !isRestart(marker)) {
            int length = twoBytes();
            if (length < 2) {
                throw new MalformedException("a segment has an impossible length");
            }
            in.skipNBytes(length - 2L);
        }
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
