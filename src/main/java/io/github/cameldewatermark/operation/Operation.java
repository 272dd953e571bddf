package io.github.cameldewatermark.operation;

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

    /** Ends every exchange that is waiting, at once. */
    @Override
    default void close() {}
}
