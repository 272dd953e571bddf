package io.github.cameldewatermark.client;

import java.util.concurrent.CompletionException;

/** What a {@link java.util.concurrent.CompletionStage} makes of exceptions, undone. */
public final class Failures {

    private Failures() {}

    /**
     * What went wrong itself.
     *
     * @param error may be {@code null}
     */
    public static Throwable cause(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
