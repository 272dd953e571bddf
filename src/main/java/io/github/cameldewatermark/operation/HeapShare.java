package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.BufferPool;
import java.util.concurrent.atomic.AtomicLong;

/** How much of the heap all results together may take; what is beyond it goes to temp files. */
final class HeapShare {

    /** Of this JVM: an eighth of its heap. */
    static final HeapShare OF_JVM = new HeapShare(Runtime.getRuntime().maxMemory() / 8);

    /** For what is so large, or stays for so long, that it would leave nothing for the others. */
    static final HeapShare NONE = new HeapShare(0);

    private final AtomicLong left;

    HeapShare(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** A buffer, or {@code null} if the share is used up. */
    byte[] take() {
        return reserve(BufferPool.SIZE) ? BufferPool.take() : null;
    }

    void give(byte[] buffer) {
        BufferPool.give(buffer);
        release(BufferPool.SIZE);
    }

    boolean reserve(long bytes) {
        boolean there = left.addAndGet(-bytes) >= 0;
        if (!there) {
            release(bytes);
        }
        return there;
    }

    void release(long bytes) {
        left.addAndGet(bytes);
    }

    long left() {
        return left.get();
    }
}
