package io.github.cameldewatermark.client.http;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Decodes base64 that comes in pieces of any length. */
final class Base64Chunks {

    /** How many characters are decoded at once: a multiple of 4. */
    static final int SIZE = 32 * 1024;

    private final OutputStream out;
    private final byte[] encoded = new byte[SIZE];
    private final byte[] decoded = new byte[SIZE / 4 * 3];
    private int filled;
    private boolean ended;
    private long written;

    Base64Chunks(OutputStream out) {
        this.out = out;
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int n = Math.min(end - from, SIZE - filled);
            System.arraycopy(bytes, from, encoded, filled, n);
            filled += n;
            from += n;
            if (filled == SIZE) {
                flush(encoded);
            }
        }
    }

    /** Decodes what is left, and returns how many bytes were written in all. */
    long finish() throws IOException {
        if (filled > 0) {
            flush(Arrays.copyOf(encoded, filled));
        }
        return written;
    }

    private void flush(byte[] chunk) throws IOException {
        if (ended) {
            throw new IOException("base64 continues after its padding");
        }
        int n;
        try {
            n = Base64.getDecoder().decode(chunk, decoded);
        } catch (IllegalArgumentException e) {
            throw new IOException("not base64: " + e.getMessage(), e);
        }
        out.write(decoded, 0, n);
        written += n;
        filled = 0;
        ended = n < chunk.length / 4 * 3;
    }
}
