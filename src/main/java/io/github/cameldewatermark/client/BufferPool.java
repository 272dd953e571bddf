package io.github.cameldewatermark.client;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Arrays of one size that go round, so that megabytes pass through the heap and leave no garbage. What nobody uses goes when
 * the heap gets short. Who gives an array back must not touch it any more.
 */
public final class BufferPool {

    /** The length of each array, in bytes; a multiple of 4, as base64 is decoded in them. */
    public static final int SIZE = 64 * 1024;

    private static final Deque<SoftReference<byte[]>> IDLE = new ConcurrentLinkedDeque<>();

    private BufferPool() {}

    /** An array of any content. */
    public static byte[] take() {
        for (SoftReference<byte[]> idle = IDLE.pollFirst(); idle != null; idle = IDLE.pollFirst()) {
            byte[] buffer = idle.get();
            if (buffer != null) {
                return buffer;
            }
        }
        return new byte[SIZE];
    }

    public static void give(byte[] buffer) {
        // the one used last is taken first: it may still be in a cache of the processor
        IDLE.addFirst(new SoftReference<>(buffer));
    }
}
