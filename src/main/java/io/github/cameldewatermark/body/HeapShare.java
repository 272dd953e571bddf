package io.github.cameldewatermark.body;

import java.util.concurrent.atomic.AtomicLong;

/** Limits how much of the heap all results together may take; results beyond it go to temp files. */
public final class HeapShare {

    /** The share of this JVM: an eighth of its heap. */
    public static final HeapShare OF_JVM = new HeapShare(Runtime.getRuntime().maxMemory() / 8);

    /** An empty share, for content so large or long-lived that it would leave nothing for other results. */
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

    /** Returns the part of the share that an object will have, for as long as anybody can reach the object. */
    Part part(Object owner) {
        Part part = new Part(this);
        Unreachable.CLEANER.register(owner, part::giveBack);
        return part;
    }

    /** A part of the share. */
    static final class Part {
        private final HeapShare share;
        private final AtomicLong taken = new AtomicLong();

        private Part(HeapShare share) {
            this.share = share;
        }

        /** Takes more bytes, if there are as many. */
        boolean take(long bytes) {
            boolean there = share.reserve(bytes);
            if (there) {
                taken.addAndGet(bytes);
            }
            return there;
        }

        void giveBack() {
            share.release(taken.getAndSet(0));
        }
    }
}
