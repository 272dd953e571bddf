package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.CreditGuard;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.observe.Activity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
 * @param ledger       of the journal; if there is none, of this process
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
        Claims claims,
        Ledger ledger) {

    private static final Logger LOG = LoggerFactory.getLogger(OperationContext.class);

    /** Returns how long rate limits may delay a call. */
    Duration patience() {
        return Duration.ofMillis(options.getMaxThrottleWait());
    }

    CreditGuard newCredits(String operation) {
        BigDecimal minimum = options.getMinimumCredit() == 0 ? null : BigDecimal.valueOf(options.getMinimumCredit());
        return new CreditGuard(operation, balance, delays, minimum, patience());
    }

    /** Returns what may be spent, {@code null} if there is no limit. */
    public SpendingLimit limit() {
        return options.getMaximumSpend() == null ? null : SpendingLimit.parse(options.getMaximumSpend());
    }

    /**
     * Checks the limit when a route starts.
     *
     * @param least what anything costs; 0 if nothing is ever paid
     */
    void checkLimit(String operation, BigDecimal least) {
        SpendingLimit limit = limit();
        if (limit == null || least.signum() == 0) {
            return;
        }
        if (limit.credits().compareTo(least) < 0) {
            throw new DewatermarkOptionException(
                    "maximumSpend",
                    "The option maximumSpend=" + limit + " allows nothing at all: " + operation + " costs at least "
                            + Credits.text(least));
        }
        if (claims == null) {
            LOG.warn(
                    "The option maximumSpend={} counts from now on only what this process pays, as {} has no journal: with the"
                            + " option journalDirectory, it counts over restarts",
                    limit,
                    operation);
        }
    }

    /**
     * Checks that something may be paid.
     *
     * @param  price                                                              {@code null} if it isn't known
     * @throws io.github.cameldewatermark.error.DewatermarkCreditException if the limit doesn't allow it
     */
    public void requireLimit(String operation, String what, BigDecimal price) {
        SpendingLimit limit = limit();
        if (limit != null) {
            limit.require(ledger, operation, what, price);
        }
    }

    /**
     * Holds a content, as soon as nobody else among all that use the same journal does. Without a journal, whoever asks holds it.
     *
     * @param payAgain whether to pay in spite of what is known about it
     * @param key      returns its key in the journal, of the account that pays
     */
    public CompletableFuture<Claim> hold(String operation, String name, boolean payAgain, UnaryOperator<String> key) {
        if (claims == null) {
            return CompletableFuture.completedFuture(Claim.withoutJournal(ledger, operation, name, null));
        }
        return balance.account(patience(), delays)
                .thenApply(OperationContext::requireKnown)
                .thenCompose(
                        account -> claims.hold(new Claims.Work(key.apply(account), operation, name, payAgain), delays));
    }

    private static String requireKnown(String account) {
        if (account == null) {
            throw new DewatermarkTransportException(
                    ApiCall.CREDIT.toString(),
                    "The platform doesn't say which account the API key belongs to (user_id), and the journal needs that: set the"
                            + " option account to a name for it. Nothing was sent, nothing was charged.",
                    Billed.NO,
                    false,
                    null);
        }
        return account;
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
