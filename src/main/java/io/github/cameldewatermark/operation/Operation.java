package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.throttle.CreditGuard;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** What a producer does with an exchange. One instance serves all exchanges of its producer. */
public abstract class Operation implements AutoCloseable {

    protected final OperationContext context;
    protected final CreditGuard credits;
    private final String name;
    private final BigDecimal least;

    protected Operation(String name, OperationContext context) {
        this(name, context, BigDecimal.ONE);
    }

    /** @param least the credits without which nothing can be cleaned, as far as is known */
    protected Operation(String name, OperationContext context, BigDecimal least) {
        this.name = name;
        this.least = least;
        this.context = context;
        this.credits = context.newCredits(name);
        context.checkLimit(name, least);
    }

    /**
     * Processes an exchange. Called on a worker, where it may block for the duration of one HTTP call. The caller applies the
     * outcome to the message; the body is not changed here.
     *
     * @throws RuntimeException means the same as a future that completes with this exception
     */
    public abstract CompletableFuture<Outcome> execute(Exchange exchange);

    /**
     * Whether the message of an exchange that ended with an exception may be processed again as if it were new, even by
     * another process, without a second charge.
     */
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        return end.billed() == Billed.NO;
    }

    /** Whether what an exchange has paid for is remembered, so that the same message isn't paid for once more. */
    public boolean isRemembered() {
        return context.claims() != null;
    }

    /**
     * Checks after a while, for nothing, whether the account can be used and results can be kept. If not, the future fails; with
     * a {@link java.util.concurrent.CancellationException}, if the operation was closed while it waited.
     *
     * @param needed the credits that must be allowed; {@code null} if any will do
     */
    public CompletableFuture<Void> probe(Duration wait, BigDecimal needed) {
        return context.delays()
                .after(wait)
                .thenRun(() -> context.requireStorage(name))
                .thenRun(() -> {
                    if (needed != null) {
                        context.requireLimit(name, "Nothing", needed.max(least));
                    }
                })
                .thenCompose(waited -> credits.probe(least));
    }

    /** Ends all waiting exchanges at once. */
    @Override
    public void close() {
        context.delays().close();
    }
}
