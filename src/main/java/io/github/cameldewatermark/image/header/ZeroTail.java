package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Zeros at the end of a file: so it looks where a copy reserved its space and hasn't filled it yet, or was interrupted. Decoders
 * take them for pixels.
 */
final class ZeroTail {

    /** Fewer zeros than this mean nothing. */
    private static final int SHORTEST = 32;

    private static final int LONGEST = 4096;

    /** Copies fill files by blocks of at least this size. */
    private static final int BLOCK = 512;

    private ZeroTail() {}

    /**
     * Checks a picture. In compressed data, a long series of zeros means nothing that a picture could have at its end. Plain zeros
     * may be black pixels: the end of a copy is at the border of a block, or leaves out half of the file.
     *
     * @throws DewatermarkInputException if it ends with zeros that mean nothing
     */
    static void requireNone(Content picture, PictureFormat format, boolean compressed) throws IOException {
        long tail = Math.max(SHORTEST, Math.min(LONGEST, picture.length() / 8));
        if (zeros(picture, tail) < Math.min(tail, picture.length())) {
            return;
        }
        long zeros = zeros(picture, picture.length());
        if (compressed || (picture.length() - zeros) % BLOCK == 0 || zeros >= picture.length() / 2) {
            throw Refusal.of(
                    picture,
                    "is " + format.label() + " whose last " + zeros
                            + " bytes are zeros, so it was cut short or is damaged; was it still"
                            + " being written? (option readLock of the consumer) If they are black pixels, save it as PNG first");
        }
    }

    /** Returns how many zeros are at the end of a picture, of which only the last bytes are read. */
    private static long zeros(Content picture, long last) throws IOException {
        long zeros = 0;
        try (InputStream in = new BufferedInputStream(picture.open())) {
            in.skipNBytes(Math.max(0, picture.length() - last));
            for (int b = in.read(); b >= 0; b = in.read()) {
                zeros = b == 0 ? zeros + 1 : 0;
            }
        }
        return zeros;
    }
}
