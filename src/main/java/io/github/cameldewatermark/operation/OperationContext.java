package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.CreditGuard;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.observe.Activity;
import java.math.BigDecimal;
import java.time.Duration;
import org.apache.camel.CamelContext;

/**
 * What an operation gets from its component.
 *
 * @param camelContext to load resources
 * @param options      those of the endpoint
 * @param client       calls the API with the key of the endpoint
 * @param gate         shared by all endpoints with this key
 * @param balance      shared by all endpoints with this key
 * @param delays       the waits of this operation, which closes them when it is closed
 * @param prices       what is paid
 * @param claims       on what is being paid for, in the journal; {@code null} if none is configured
 */
public record OperationContext(
        CamelContext camelContext,
        DewatermarkConfiguration options,
        DewatermarkClient client,
        RateGate gate,
        Balance balance,
        Delays delays,
        Backlog backlog,
        TempFolder tempFolder,
        Conversions conversions,
        Activity activity,
        Prices prices,
        Claims claims) {

    /** Returns how long rate limits may delay a call. */
    Duration patience() {
        return Duration.ofMillis(options.getMaxThrottleWait());
    }

    CreditGuard newCredits(String operation) {
        BigDecimal minimum = options.getMinimumCredit() == 0 ? null : BigDecimal.valueOf(options.getMinimumCredit());
        return new CreditGuard(operation, balance, delays, minimum, patience());
    }

    public CallDispatcher newCalls() {
        return newCalls(gate);
    }

    /** Creates a dispatcher for calls to another server, which has rate limits of its own. */
    public CallDispatcher newCalls(RateGate other) {
        return new CallDispatcher(other, delays, patience(), activity.calls(), client::credit);
    }

    /**
     * Checks that the result of a usual picture can be kept and remembered.
     *
     * @throws DewatermarkStorageException if not
     */
    void requireStorage(String operation) {
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
}
