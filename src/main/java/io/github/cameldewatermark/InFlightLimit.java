package io.github.cameldewatermark;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How many exchanges are being worked on. At the bound the caller waits, so that a consumer stops taking more.
 *
 * <p>A worker never waits here, it may pass the bound: it goes on with a route whose exchange was let in before, and if
 * all workers waited for a place, none would be left to free one.
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
     * Waits for a place and takes it.
     *
     * @throws RejectedExecutionException it was closed
     * @throws InterruptedException       the caller was interrupted
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

    /** Turns away whoever waits or comes. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How many have a place. */
    int inFlight() {
        lock.lock();
        try {
            return inFlight;
        } finally {
            lock.unlock();
        }
    }
}
