package io.github.cameldewatermark.client.http;

import java.util.concurrent.CompletionException;

/** Unwraps the exceptions of a {@link java.util.concurrent.CompletionStage}. */
public final class Failures {

    private Failures() {}

    /**
     * Returns the original exception.
     *
     * @param error the exception of a stage; may be {@code null}
     */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
