package io.github.cameldewatermark.operation;

import java.util.concurrent.RejectedExecutionException;

/**
 * Counts the exchanges that were accepted and aren't done. If there are too many, whoever brings the next one waits until there is
 * room or this one is answered, whichever comes first. So a consumer is slowed down, and yet its exchange never depends on the
 * end of another.
 */
public final class Backlog {

    static final int LIMIT = 1000;

    private int exchanges;
    private int waitingForTasks;
    private boolean closed;

    /**
     * Accepts an exchange.
     *
     * @throws RejectedExecutionException if this backlog is closed
     */
    public synchronized Place enter() {
        if (closed) {
            throw new RejectedExecutionException("The dewatermark component is stopped");
        }
        exchanges++;
        return new Place();
    }

    /** Returns how many exchanges were accepted and aren't done. */
    public synchronized int size() {
        return exchanges;
    }

    /** Accepts no more exchanges. */
    public synchronized void close() {
        closed = true;
    }

    /** From now on an exchange waits for a task of the platform, and no longer counts: there may be any number of these. */
    public synchronized void beginsToWaitForTask() {
        waitingForTasks++;
        notifyAll();
    }

    public synchronized void endsToWaitForTask() {
        waitingForTasks--;
    }

    private boolean isFull() {
        return exchanges - waitingForTasks > LIMIT;
    }

    /** The place of one exchange. */
    public final class Place {
        private boolean answered;

        private Place() {}

        /** The exchange has its answer, but its route may go on with this thread. */
        public void answered() {
            synchronized (Backlog.this) {
                answered = true;
                Backlog.this.notifyAll();
            }
        }

        /** The exchange is done, or goes on without this thread. */
        public void leave() {
            synchronized (Backlog.this) {
                exchanges--;
                Backlog.this.notifyAll();
            }
        }

        /** Waits until there is room for more exchanges or this one is answered. */
        public void awaitRoom() throws InterruptedException {
            synchronized (Backlog.this) {
                while (isFull() && !answered) {
                    Backlog.this.wait();
                }
            }
        }
    }
}
