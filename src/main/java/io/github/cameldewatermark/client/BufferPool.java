package io.github.cameldewatermark.client;

import java.lang.ref.SoftReference;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * Recycles arrays of one size, so that megabytes pass through the heap without leaving garbage. Idle arrays are dropped when
 * the heap gets short. An array must not be used any more after it was given back.
 */
public final class BufferPool {

    /** The length of each array in bytes; a multiple of 4, because base64 is decoded in such chunks. */
    public static final int SIZE = 64 * 1024;

    private static final Deque<SoftReference<byte[]>> IDLE = new ConcurrentLinkedDeque<>();

    private BufferPool() {}

    /** Returns an array, whose content is undefined. */
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
        // the array used last is taken first, as it may still be in the cache of the processor
        IDLE.addFirst(new SoftReference<>(buffer));
    }
}
