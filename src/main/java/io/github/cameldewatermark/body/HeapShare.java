package io.github.cameldewatermark.body;

import java.util.concurrent.atomic.AtomicLong;

/** Limits how much of the heap all results together may take; results beyond it go to temp files. */
public final class HeapShare {

    /** The share of this JVM: an eighth of its heap. */
    public static final HeapShare OF_JVM = new HeapShare(Runtime.getRuntime().maxMemory() / 8);

    /** An empty share, for what is to be in a file. */
    public static final HeapShare NONE = new HeapShare(0);

    private final AtomicLong left;

    HeapShare(long bytes) {
        this.left = new AtomicLong(bytes);
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
