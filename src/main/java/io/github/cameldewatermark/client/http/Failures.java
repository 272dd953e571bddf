package io.github.cameldewatermark.client.http;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The exceptions of a {@link CompletableFuture}. */
public final class Failures {

    private Failures() {}

    /** Runs a step so that what it throws fails its future, for whoever has to clean up after either. */
    public static <T> CompletableFuture<T> inFuture(Supplier<CompletableFuture<T>> step) {
        return CompletableFuture.completedFuture(step).thenCompose(Supplier::get);
    }

    /**
     * Returns the original exception.
     *
     * @param error the exception of a stage; may be {@code null}
     */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }

    /**
     * Whether a failure has certainly cost nothing.
     *
     * @param error the exception of a stage; {@code null} if it has succeeded
     */
    public static boolean isFree(Throwable error) {
        return cause(error) instanceof DewatermarkException e && e.billed() == Billed.NO;
    }
}
