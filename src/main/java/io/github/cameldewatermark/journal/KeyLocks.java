package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** Lets one exchange at a time work on a key in this process. The others wait without a thread. */
final class KeyLocks {

    private final Map<String, CompletableFuture<Void>> held = new ConcurrentHashMap<>();

    /**
     * Does work on a key as soon as nobody else does.
     *
     * @param operation the operation, such as {@code erase}
     * @param name      the name of the file
     * @param waits     closing them ends a wait
     * @param work      is told whether it had to wait
     */
    <T> CompletableFuture<T> alone(
            String key, String operation, String name, Delays waits, Function<Boolean, CompletableFuture<T>> work) {
        return alone(key, operation, name, waits, work, false);
    }

    private <T> CompletableFuture<T> alone(
            String key,
            String operation,
            String name,
            Delays waits,
            Function<Boolean, CompletableFuture<T>> work,
            boolean waited) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = held.putIfAbsent(key, mine);
        if (other != null) {
            return named(waits.untilClosed(other), operation, name)
                    .thenCompose(over -> alone(key, operation, name, waits, work, true));
        }
        CompletableFuture<T> result;
        try {
            result = work.apply(waited);
        } catch (RuntimeException | Error e) {
            result = CompletableFuture.failedFuture(e);
        }
        return result.whenComplete((done, error) -> {
            held.remove(key, mine);
            mine.complete(null);
        });
    }

    /** Returns a wait that says, when it is ended, what it was for. */
    static <T> CompletableFuture<T> named(CompletableFuture<T> wait, String operation, String name) {
        return wait.exceptionallyCompose(error -> CompletableFuture.failedFuture(
                Failures.cause(error) instanceof CancellationException stopped
                        ? new DewatermarkTransportException(
                                operation,
                                name + " was waiting for the answer to the same content when the route was stopped."
                                        + " Nothing was charged for it.",
                                Billed.NO,
                                true,
                                stopped)
                        : error));
    }
}
