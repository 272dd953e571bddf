package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.BufferPool;
import java.util.concurrent.atomic.AtomicLong;

/** Limits how much of the heap all results together may take; results beyond it go to temp files. */
final class HeapShare {

    /** The share of this JVM: an eighth of its heap. */
    static final HeapShare OF_JVM = new HeapShare(Runtime.getRuntime().maxMemory() / 8);

    /** An empty share, for content so large or long-lived that it would leave nothing for other results. */
    static final HeapShare NONE = new HeapShare(0);

    private final AtomicLong left;

    HeapShare(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    /** Returns a buffer, or {@code null} if the share is used up. */
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
