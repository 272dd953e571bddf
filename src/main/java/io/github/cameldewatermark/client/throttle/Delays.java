package io.github.cameldewatermark.client.throttle;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Waits without a thread. The timer thread only hands over to a worker, which runs what follows a wait. Closing ends all
 * waits at once.
 */
public final class Delays implements AutoCloseable {

    private final ScheduledExecutorService timer;
    private final Executor workers;
    private final Set<CompletableFuture<?>> pending = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /**
     * @param timer   only hands over to a worker
     * @param workers run what follows a wait
     */
    public Delays(ScheduledExecutorService timer, Executor workers) {
        this.timer = timer;
        this.workers = workers;
    }

    /**
     * Returns a future that completes on a worker after a delay, or with a {@link CancellationException} if this object is
     * closed before.
     */
    public CompletableFuture<Void> after(Duration delay) {
        CompletableFuture<Void> over = new CompletableFuture<>();
        Runnable end = () -> over.complete(null);
        try {
            ScheduledFuture<?> scheduled = timer.schedule(end, delay.toNanos(), TimeUnit.NANOSECONDS);
            CompletableFuture<Void> wait = untilClosed(over);
            wait.whenComplete((nothing, error) -> scheduled.cancel(false));
            return wait;
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(stopped());
        }
    }

    /**
     * Returns a future that completes on a worker with the result of another one, or with a {@link CancellationException} if
     * this object is closed before. The other future is not cancelled.
     */
    public <T> CompletableFuture<T> untilClosed(CompletableFuture<T> other) {
        CompletableFuture<T> wait = new CompletableFuture<>();
        pending.add(wait);
        wait.whenComplete((result, error) -> pending.remove(wait));
        other.whenComplete((result, error) -> hop(
                () -> {
                    if (error == null) {
                        wait.complete(result);
                    } else {
                        wait.completeExceptionally(error);
                    }
                },
                wait));
        if (closed) {
            end(wait);
        }
        return wait;
    }

    /** Returns a wait that ends with another exception if it was ended by closing. */
    public static <T> CompletableFuture<T> ifStopped(
            CompletableFuture<T> wait, Function<CancellationException, Throwable> exception) {
        return wait.exceptionallyCompose(error -> CompletableFuture.failedFuture(
                error instanceof CancellationException stopped ? exception.apply(stopped) : error));
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        pending.forEach(this::end);
    }

    private void end(CompletableFuture<?> wait) {
        hop(() -> wait.completeExceptionally(stopped()), wait);
    }

    private void hop(Runnable completion, CompletableFuture<?> wait) {
        try {
            workers.execute(completion);
        } catch (RejectedExecutionException e) {
            // no worker is left, so the wait is completed on this thread rather than never
            wait.completeExceptionally(stopped());
        }
    }

    private static CancellationException stopped() {
        return new CancellationException("stopped");
    }
}
