package io.github.cameldewatermark.client.http;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletionException;

/** What the exceptions of a {@link java.util.concurrent.CompletionStage} mean. */
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

    /**
     * Whether a failure has certainly cost nothing.
     *
     * @param error the exception of a stage; {@code null} if it has succeeded
     */
    public static boolean isFree(Throwable error) {
        return cause(error) instanceof DewatermarkException e && e.billed() == Billed.NO;
    }
}
