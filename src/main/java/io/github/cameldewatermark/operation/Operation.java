package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** What a producer does with an exchange. One instance serves all exchanges of its producer. */
public interface Operation extends AutoCloseable {

    /**
     * Processes an exchange. Called on a worker, where it may block for the duration of one HTTP call. The caller applies the
     * outcome to the message; the body is not changed here.
     *
     * @throws RuntimeException means the same as a future that completes with this exception
     */
    CompletableFuture<Outcome> execute(Exchange exchange);

    /**
     * Whether the message of an exchange that ended with an exception may be processed again as if it were new, even by
     * another process, without a second charge.
     */
    default boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        return end.billed() == Billed.NO;
    }

    /** Whether what an exchange has paid for is remembered, so that the same message isn't paid for once more. */
    boolean isRemembered();

    /**
     * Looks after a while, for nothing, whether the account can be used. If not, the future fails; with a
     * {@link java.util.concurrent.CancellationException}, if the operation was closed while it waited.
     */
    CompletableFuture<Void> probe(Duration wait);

    /** Ends all waiting exchanges at once. */
    @Override
    default void close() {}
}
