package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Delays;
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
 * Bounds how many pictures of a component are converted at once: one for each processor, and as many as half of the heap
 * holds, by what is estimated for each. Others wait for their turn, without a thread. One that alone takes more than that
 * half is converted when no other is.
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
     * Converts: on this thread if there is room, else later on a worker.
     *
     * @param name   of the picture, for messages
     * @param bytes  of heap that it takes
     * @param delays of the operation; when they are closed, what waits ends
     * @throws DewatermarkInputException the heap is too small for it
     */
    <T> CompletableFuture<T> run(String name, long bytes, Delays delays, Supplier<T> conversion) {
        requireHeap(name, bytes);
        if (delays.isClosed()) { // what is still queued when the route is stopped isn't worth the time
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

    /** A part of the heap has to be left for everything else. */
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

    /** Of one whose turn hasn't come yet, it is off the queue. */
    private void leave(Waiting turn) {
        // outside the lock: whoever waits hops to a worker, or ends here and now if there are none any more
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

    /** Told apart by identity. */
    private static final class Waiting {
        final long bytes;
        final CompletableFuture<Void> come;

        Waiting(long bytes, CompletableFuture<Void> come) {
            this.bytes = bytes;
            this.come = come;
        }
    }
}
