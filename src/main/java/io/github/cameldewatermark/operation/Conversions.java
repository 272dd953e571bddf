package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Limits how many pictures of a component are converted at once: at most one per processor, and as many as fit into half of
 * the heap by their estimates. Others wait for their turn, without a thread. A picture that alone needs more than that half
 * is converted while no other is.
 */
public final class Conversions {

    private static final long MEBIBYTE = 1024 * 1024;

    private final int processors;
    private final long heap;
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private int running;
    private long reserved;

    public Conversions() {
        this(Runtime.getRuntime().availableProcessors(), Runtime.getRuntime().maxMemory());
    }

    Conversions(int processors, long heap) {
        this.processors = processors;
        this.heap = heap;
    }

    /**
     * Runs a conversion: on this thread if there is room now, otherwise later on a worker.
     *
     * @param name   the name of the picture, for messages
     * @param bytes  the estimated heap that the conversion needs, in bytes
     * @param delays the waits of the operation; closing them ends the wait for a turn
     * @throws DewatermarkInputException if the heap is too small for the conversion
     */
    <T> CompletableFuture<T> run(String name, long bytes, Delays delays, Supplier<T> conversion) {
        requireHeap(name, bytes);
        if (delays.isClosed()) { // the route is stopped, so the result would not be used
            return CompletableFuture.failedFuture(stopped(name, null));
        }
        Waiting turn = new Waiting(bytes, new CompletableFuture<>());
        if (enter(turn)) {
            return CompletableFuture.completedFuture(convert(turn, conversion));
        }
        return delays.untilClosed(turn.come)
                .exceptionallyCompose(stopped -> {
                    leave(turn);
                    return CompletableFuture.failedFuture(stopped(name, stopped));
                })
                .thenApply(come -> convert(turn, conversion));
    }

    private <T> T convert(Waiting turn, Supplier<T> conversion) {
        try {
            return conversion.get();
        } finally {
            leave(turn);
        }
    }

    /** Refuses a conversion that would leave less than a quarter of the heap for everything else. */
    private void requireHeap(String name, long bytes) {
        long most = heap / 4 * 3;
        if (bytes > most) {
            throw new DewatermarkInputException(
                    EraseOperation.NAME,
                    name + " needs about " + bytes / MEBIBYTE + " MiB of heap to be converted, but only "
                            + most / MEBIBYTE + " of " + heap / MEBIBYTE
                            + " MiB are for that; start Java with at least -Xmx" + (bytes / 3 * 4 / MEBIBYTE + 1)
                            + "m, or convert it before. Nothing was sent, nothing was charged.");
        }
    }

    private static DewatermarkTransportException stopped(String name, Throwable cause) {
        return new DewatermarkTransportException(
                EraseOperation.NAME,
                name + " was still to be converted when the route was stopped. Nothing was sent, nothing was charged.",
                Billed.NO,
                true,
                cause);
    }

    private synchronized boolean enter(Waiting turn) {
        if (queue.isEmpty() && fits(turn)) {
            begin(turn);
            return true;
        }
        queue.add(turn);
        return false;
    }

    /** Gives up a turn, or a place in the queue if the turn hasn't come yet. */
    private void leave(Waiting turn) {
        // outside the lock, because the waiting conversions continue on this thread if no workers are left
        left(turn).forEach(next -> next.come.complete(null));
    }

    private synchronized List<Waiting> left(Waiting turn) {
        if (!queue.remove(turn)) {
            running--;
            reserved -= turn.bytes;
        }
        List<Waiting> next = new ArrayList<>();
        while (!queue.isEmpty() && fits(queue.element())) {
            begin(queue.element());
            next.add(queue.remove());
        }
        return next;
    }

    private void begin(Waiting turn) {
        running++;
        reserved += turn.bytes;
    }

    private boolean fits(Waiting turn) {
        return running == 0 || running < processors && reserved + turn.bytes <= heap / 2;
    }

    /** A conversion in the queue. Not a record, because instances are compared by identity. */
    private static final class Waiting {
        final long bytes;
        final CompletableFuture<Void> come;

        Waiting(long bytes, CompletableFuture<Void> come) {
            this.bytes = bytes;
            this.come = come;
        }
    }
}
