package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.observe.Activity;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/**
 * What operations get from their component.
 *
 * @param camelContext to load resources
 * @param client       calls the API with the key of the endpoint
 * @param gate         the rate gate, shared by all endpoints with this key
 * @param balance      the balance, shared by all endpoints with this key
 * @param timer        schedules waits; their continuations run on a worker
 * @param workers      run what follows a wait
 * @param backlog      the exchanges of the component
 * @param tempFolder   for results that don't fit into memory
 * @param conversions  limits how many pictures are converted at once
 * @param activity     the statistics of the component, for monitoring
 * @param account      the account that pays
 * @param claims       on what is being paid for, in the journal; {@code null} if none is configured
 */
public record OperationContext(
        CamelContext camelContext,
        DewatermarkClient client,
        RateGate gate,
        Balance balance,
        ScheduledExecutorService timer,
        Executor workers,
        Backlog backlog,
        TempFolder tempFolder,
        Conversions conversions,
        Activity activity,
        AccountId account,
        Claims claims) {

    /** Creates the waits of one operation, which closes them when it is closed. */
    Delays newDelays() {
        return new Delays(timer, workers);
    }

    /** Creates the credit guard of the operation that has these waits. */
    CreditGuard newCredits(String operation, Delays delays, DewatermarkConfiguration options) {
        return new CreditGuard(operation, balance, delays, options, () -> requireStorage(operation));
    }

    private void requireStorage(String operation) {
        tempFolder.requireSpace();
        if (claims != null) {
            try {
                claims.requireStorage(operation);
            } catch (DewatermarkStorageException e) {
                tempFolder.deleteUnreachable(); // they may take the room of the journal
                throw e;
            }
        }
    }

    /** Creates the dispatcher for API calls of the operation that has these waits. */
    CallDispatcher newCalls(Delays delays, DewatermarkConfiguration options) {
        return newCalls(gate, delays, options);
    }

    /** Creates a dispatcher for calls to another server, which has rate limits of its own. */
    CallDispatcher newCalls(RateGate otherGate, Delays delays, DewatermarkConfiguration options) {
        return new CallDispatcher(
                otherGate, delays, Duration.ofMillis(options.getMaxThrottleWait()), activity.calls(), client::credit);
    }
}
