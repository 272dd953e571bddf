package io.github.cameldewatermark.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/**
 * Decodes base64 that comes in pieces of any length. White space in it, and the beginning of a {@code data:} URL, are skipped, which
 * costs time only where there is any.
 */
public final class Base64Chunks {

    /** How many characters are decoded at once: a multiple of 4. */
    static final int SIZE = 32 * 1024;

    private static final int LONGEST_MEDIA_TYPE = 100;

    private final OutputStream out;
    private final byte[] encoded = new byte[SIZE];
    private final byte[] decoded = new byte[SIZE / 4 * 3];
    private int filled;
    private boolean spaced;
    private boolean ended;
    private long written;

    public Base64Chunks(OutputStream out) {
        this.out = out;
    }

    /** Decodes what makes a whole chunk together with what came before. */
    public void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int n = Math.min(end - from, SIZE - filled);
            System.arraycopy(bytes, from, encoded, filled, n);
            from += n;
            int before = filled;
            filled += n;
            if (spaced) {
                removeSpace(before);
            }
            if (filled == SIZE) {
                flush(false);
            }
        }
    }

    /** Decodes what is left, and returns how many bytes were written in all. */
    public long finish() throws IOException {
        if (filled > 0) {
            flush(true);
        }
        return written;
    }

    private void flush(boolean last) throws IOException {
        if (ended) {
            throw new IOException("base64 goes on after its padding");
        }
        if (spaced && filled % 4 != 0) { // else a space in place of a character would shift all that follows
            throw new IOException("not base64: a character is missing");
        }
        byte[] chunk = filled == SIZE ? encoded : Arrays.copyOf(encoded, filled);
        try {
            int n = Base64.getDecoder().decode(chunk, decoded);
            out.write(decoded, 0, n);
            written += n;
            filled = 0;
            ended = n < chunk.length / 4 * 3;
        } catch (IllegalArgumentException e) {
            if (spaced) {
                throw new IOException("not base64: " + e.getMessage(), e);
            }
            spaced = true;
            removePrefix();
            removeSpace(0);
            if (filled == SIZE || last && filled > 0) {
                flush(last);
            }
        }
    }

    /** Removes what is before the data in a {@code data:} URL. */
    private void removePrefix() {
        if (written == 0 && filled > 5 && new String(encoded, 0, 5, ISO_8859_1).equals("data:")) {
            int comma = new String(encoded, 0, Math.min(filled, LONGEST_MEDIA_TYPE), ISO_8859_1).indexOf(',');
            System.arraycopy(encoded, comma + 1, encoded, 0, filled - comma - 1);
            filled -= comma + 1;
        }
    }

    private void removeSpace(int from) {
        int to = from;
        for (int i = from; i < filled; i++) {
            if (encoded[i] > ' ') {
                encoded[to++] = encoded[i];
            }
        }
        filled = to;
    }
}
