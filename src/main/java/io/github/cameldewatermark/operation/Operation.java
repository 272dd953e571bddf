package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** What an endpoint does with one exchange. One instance serves all exchanges of its producer. */
public interface Operation extends AutoCloseable {

    /**
     * Called on a worker, where it may block for the length of one HTTP call. The result is applied to the message by
     * the caller; until then the exchange's body is left as it is.
     *
     * @throws RuntimeException the same as a future that ends with it
     */
    CompletableFuture<Outcome> execute(Exchange exchange);

    /**
     * Whether the message of an exchange that ended with an exception may be seen as new, even by another process, without
     * a second charge.
     */
    default boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        return end.billed() == Billed.NO;
    }

    /** Ends every exchange that is waiting, at once. */
    @Override
    default void close() {}
}
