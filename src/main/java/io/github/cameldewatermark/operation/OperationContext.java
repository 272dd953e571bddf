package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.Balance;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.RateGate;
import io.github.cameldewatermark.video.TaskJournal;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;

/**
 * What operations get from their component.
 *
 * @param camelContext for resources
 * @param client       calls the API with the key of the endpoint
 * @param gate         shared by all who use this key
 * @param balance      shared by all who use this key
 * @param timer        only hops to a worker
 * @param workers      run what comes after a wait
 * @param tempFolder   for what doesn't fit into memory
 * @param conversions  bounds how many pictures are converted at once
 * @param activity     what is done, for whoever looks
 * @param journal      where video tasks are remembered, {@code null} if they aren't
 */
public record OperationContext(
        CamelContext camelContext,
        DewatermarkClient client,
        RateGate gate,
        Balance balance,
        ScheduledExecutorService timer,
        Executor workers,
        TempFolder tempFolder,
        Conversions conversions,
        Activity activity,
        TaskJournal journal) {

    /** Waits that end when the operation is closed. */
    Delays newDelays() {
        return new Delays(timer, workers);
    }

    /** Looks after the credits of an operation with these waits. */
    CreditGuard newCredits(String operation, Delays delays, DewatermarkConfiguration options) {
        return new CreditGuard(operation, balance, delays, options);
    }

    /** Calls of the API by an operation with these waits. */
    CallDispatcher newCalls(Delays delays, DewatermarkConfiguration options) {
        return newCalls(gate, delays, options);
    }

    /** Calls of somebody who has limits of their own. */
    CallDispatcher newCalls(RateGate otherGate, Delays delays, DewatermarkConfiguration options) {
        return new CallDispatcher(otherGate, delays, Duration.ofMillis(options.getMaxThrottleWait()), activity.calls());
    }
}
