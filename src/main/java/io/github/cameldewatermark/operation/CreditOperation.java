package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;

/** Looks up the balance. The body becomes a {@link CreditInfo}. */
public final class CreditOperation implements Operation {

    private final DewatermarkClient client;
    private final Balance balance;
    private final Delays delays;
    private final CallDispatcher calls;

    public CreditOperation(OperationContext context, DewatermarkConfiguration configuration) {
        this.client = context.client();
        this.balance = context.balance();
        this.delays = context.newDelays();
        this.calls = context.newCalls(delays, configuration);
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        return balance.note(() -> calls.call(ApiCall.CREDIT, client::credit)).thenApply(credit -> Outcome.body(credit)
                .header(DewatermarkConstants.AVAILABLE_CREDIT, credit.availableCredit())
                .header(DewatermarkConstants.USER_ID, credit.userId()));
    }

    @Override
    public boolean isRemembered() {
        return true;
    }

    @Override
    public CompletableFuture<Void> probe(Duration wait) {
        return delays.after(wait).thenCompose(waited -> balance.now(delays)).thenAccept(info -> {});
    }

    @Override
    public void close() {
        delays.close();
    }
}
