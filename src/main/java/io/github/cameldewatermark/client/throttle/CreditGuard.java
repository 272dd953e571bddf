package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Prevents calls of one operation that cost credits while the balance is below a minimum, or can't be looked up. What is spent
 * is noted even without a minimum, for other operations of the same account that have one.
 */
public final class CreditGuard {

    private final String operation;
    private final Balance balance;
    private final Delays delays;
    private final BigDecimal minimum;
    private final Duration patience;

    /**
     * @param minimum  the credits that must be left; {@code null} if none must be
     * @param patience how long rate limits may delay a lookup of the balance
     */
    public CreditGuard(String operation, Balance balance, Delays delays, BigDecimal minimum, Duration patience) {
        this.operation = operation;
        this.balance = balance;
        this.delays = delays;
        this.minimum = minimum;
        this.patience = patience;
    }

    /**
     * Reserves credits for a call that is about to be made, if the balance allows it.
     *
     * @param what what the call is for, such as a file name; used in messages
     */
    public CompletableFuture<Reservation> reserve(String what, Price price) {
        return reserve(what, price.credits()).thenApply(reserved -> new Reservation(price));
    }

    /**
     * Checks whether the balance allows a task. Nothing is reserved, as its price may not be known before its end.
     *
     * @param what what the task is for, such as a file name; used in messages
     */
    public CompletableFuture<Void> require(String what) {
        return reserve(what, BigDecimal.ZERO);
    }

    private CompletableFuture<Void> reserve(String what, BigDecimal credits) {
        CompletableFuture<CreditInfo> known =
                minimum == null ? CompletableFuture.completedFuture(null) : balance.recent(patience, delays);
        return known.thenAccept(info -> balance.reserve(credits, minimum, operation, what));
    }

    public final class Reservation {
        private final Price price;

        private Reservation(Price price) {
            this.price = price;
        }

        /**
         * To be called when the call is over.
         *
         * @param error how it failed; {@code null} if it didn't
         */
        public void settle(Throwable error) {
            boolean charged = !Failures.isFree(error);
            balance.settle(price.credits(), charged);
            if (error == null) {
                balance.priceWatch().paid(price);
            } else if (charged) {
                balance.priceWatch().uncounted();
            }
            noteRefusal(error);
        }
    }

    /** @param price {@code null} if unknown, in which case the balance is looked up before the next call */
    public void spent(Price price) {
        if (price == null) {
            balance.spentUnknown();
        } else {
            balance.spent(price.credits());
        }
    }

    /** Notes that a call whose price isn't known has failed. */
    public void failed(Throwable error) {
        if (!Failures.isFree(error)) {
            balance.spentUnknown();
        }
        noteRefusal(error);
    }

    /** The platform knows of less than was left here: others have spent it. */
    private void noteRefusal(Throwable error) {
        if (Failures.cause(error) instanceof DewatermarkCreditException) {
            balance.spentUnknown();
        }
    }

    /**
     * Checks now, for nothing, whether there are enough credits.
     *
     * @param least what a call costs, without which none can succeed
     */
    public CompletableFuture<Void> probe(BigDecimal least) {
        BigDecimal needed = minimum == null ? least : minimum.max(least);
        return balance.now(delays).thenAccept(info -> balance.reserve(BigDecimal.ZERO, needed, operation, "Nothing"));
    }
}
