package io.github.cameldewatermark;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Limits how many exchanges are worked on at once. When the limit is reached, the calling thread waits, so that a consumer
 * stops taking more messages.
 *
 * <p>A worker never waits here and may exceed the limit: it runs the next step of a route whose exchange was admitted
 * before. If all workers waited for a place, none would be left to free one.
 */
final class InFlightLimit {

    private final ReentrantLock lock = new ReentrantLock(true);
    private final Condition changed = lock.newCondition();
    private final int limit;
    private int inFlight;
    private boolean closed;

    InFlightLimit(int limit) {
        this.limit = limit;
    }

    /**
     * Takes a place; waits for it if necessary.
     *
     * @throws RejectedExecutionException if this limit is closed, also while waiting
     * @throws InterruptedException       if the calling thread was interrupted
     */
    void enter() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (inFlight >= limit && !closed && !Workers.isWorker()) {
                changed.await();
            }
            if (closed) {
                throw new RejectedExecutionException("The dewatermark component is stopped");
            }
            inFlight++;
        } finally {
            lock.unlock();
        }
    }

    /** Gives the place back. */
    void leave() {
        lock.lock();
        try {
            inFlight--;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Rejects all callers that wait now or come later. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns how many exchanges have a place. */
    int inFlight() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }
}
