package io.github.cameldewatermark.client;

import java.io.ByteArrayInputStream;
import java.util.Random;

/** Gives its bytes in pieces of any length, as a connection does. */
final class ChoppyStream extends ByteArrayInputStream {

    private final Random random;
    private final int longest;

    ChoppyStream(byte[] bytes, Random random, int longest) {
        super(bytes);
        this.random = random;
        this.longest = longest;
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
        return super.read(bytes, offset, Math.min(length, 1 + random.nextInt(longest)));
    }
}
