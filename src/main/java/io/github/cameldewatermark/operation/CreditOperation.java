package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** Looks up the balance. The body becomes a {@link CreditInfo}. */
public final class CreditOperation extends Operation {

    private final CallDispatcher calls;

    public CreditOperation(OperationContext context) {
        super("credit", context, BigDecimal.ZERO); // it is free
        this.calls = context.newCalls();
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        return context.balance()
                .note(() -> calls.call(ApiCall.CREDIT, context.client()::credit))
                .thenApply(credit -> Outcome.body(credit)
                        .header(DewatermarkConstants.AVAILABLE_CREDIT, credit.availableCredit())
                        .header(DewatermarkConstants.USER_ID, credit.userId()));
    }

    /** There is nothing to be remembered, as nothing is paid. */
    @Override
    public boolean isRemembered() {
        return true;
    }

    @Override
    public CompletableFuture<Void> probe(Duration wait, BigDecimal needed) {
        return context.delays()
                .after(wait)
                .thenCompose(waited -> context.balance().now(context.delays()))
                .thenAccept(info -> {});
    }
}
