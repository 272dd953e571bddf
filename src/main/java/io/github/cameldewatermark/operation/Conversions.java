package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * A semaphore for conversions of pictures, with a queue: at most one per processor at once, and as many as fit into half of the
 * heap by their estimates. Others wait for their slot, without a thread. A picture that alone needs more than that half is
 * converted while no other is.
 */
public final class Conversions {

    private static final long MEBIBYTE = 1024 * 1024;

    private final int processors;
    private final long heap;
    private final Deque<Slot> queue = new ArrayDeque<>();
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
     * @param operation the operation that needs it, for its exceptions
     * @param name   the name of the picture, for messages
     * @param bytes  the estimated heap that the conversion needs, in bytes
     * @param delays the waits of the operation; closing them ends the wait for a turn
     * @throws DewatermarkInputException if the heap is too small for the conversion
     */
    public <T> CompletableFuture<T> run(
            String operation, String name, long bytes, Delays delays, Supplier<T> conversion) {
        requireHeap(operation, name, bytes);
        Slot slot = new Slot(bytes);
        synchronized (this) {
            queue.add(slot);
        }
        startNext();
        CompletableFuture<Void> come = slot.isDone() ? slot : delays.untilClosed(slot);
        return come.handle((nothing, stopped) -> {
            try {
                if (stopped != null || delays.isClosed()) { // the result would not be used
                    throw new DewatermarkTransportException(
                            operation,
                            name
                                    + " was still to be converted when the route was stopped. Nothing was sent, nothing was"
                                    + " charged.",
                            Billed.NO,
                            true,
                            stopped);
                }
                return conversion.get();
            } finally {
                leave(slot);
            }
        });
    }

    /** Refuses a conversion that would leave less than a quarter of the heap for everything else. */
    private void requireHeap(String operation, String name, long bytes) {
        long most = heap / 4 * 3;
        if (bytes > most) {
            throw new DewatermarkInputException(
                    operation,
                    name + " needs about " + bytes / MEBIBYTE + " MiB of heap to be converted, but only "
                            + most / MEBIBYTE + " of " + heap / MEBIBYTE
                            + " MiB are available for that; start Java with at least -Xmx"
                            + (bytes / 3 * 4 / MEBIBYTE + 1)
                            + "m, or convert it first");
        }
    }

    /** Gives up a slot, or a place in the queue if it hasn't come yet. */
    private void leave(Slot slot) {
        synchronized (this) {
            if (!queue.remove(slot)) {
                running--;
                reserved -= slot.bytes;
            }
        }
        startNext();
    }

    private void startNext() {
        for (Slot next = next(); next != null; next = next()) {
            next.complete(null); // without the lock: it goes on with this thread if no workers are left
        }
    }

    private synchronized Slot next() {
        Slot next = queue.peek();
        if (next == null || running > 0 && (running >= processors || reserved + next.bytes > heap / 2)) {
            return null;
        }
        running++;
        reserved += next.bytes;
        return queue.remove();
    }

    /** Completes when a conversion may begin. */
    private static final class Slot extends CompletableFuture<Void> {
        private final long bytes;

        Slot(long bytes) {
            this.bytes = bytes;
        }
    }
}
