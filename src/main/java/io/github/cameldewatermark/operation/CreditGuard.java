package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Prevents calls that cost credits while the balance is below the option {@code minimumCredit}, or can't be looked up. What
 * is spent is noted even without a minimum, for other endpoints of the same account that have one.
 */
final class CreditGuard {

    private final String operation;
    private final Balance balance;
    private final Delays delays;
    private final BigDecimal minimum;
    private final Duration patience;
    private final Runnable storage;

    /** @param storage fails if nothing could be kept or remembered */
    CreditGuard(String operation, Balance balance, Delays delays, DewatermarkConfiguration options, Runnable storage) {
        this.operation = operation;
        this.balance = balance;
        this.delays = delays;
        this.minimum = options.getMinimumCredit() == 0 ? null : BigDecimal.valueOf(options.getMinimumCredit());
        this.storage = storage;
        this.patience = Duration.ofMillis(options.getMaxThrottleWait());
    }

    /**
     * Does work that costs credits, if the balance allows it.
     *
     * @param what  what the work is for, such as a file name; used in messages
     * @param price the price in credits; zero if it isn't known yet and {@link #spent} will be called later
     */
    <T> CompletableFuture<T> pass(String what, BigDecimal price, Supplier<CompletableFuture<T>> work) {
        return recentBalance().thenCompose(known -> {
            balance.reserve(price, minimum, operation, what);
            return CompletableFuture.completedFuture(known)
                    .thenCompose(reserved -> work.get())
                    .whenComplete((result, error) -> balance.settle(price, isCharged(error)));
        });
    }

    /** @param price the price in credits; {@code null} if unknown, in which case the balance is looked up before the next call */
    void spent(BigDecimal price) {
        if (price == null) {
            balance.spentUnknown();
        } else {
            balance.spent(price);
        }
    }

    /** Notes that a call whose price isn't known has failed. */
    void failed(Throwable error) {
        if (isCharged(error)) {
            balance.spentUnknown();
        }
    }

    /**
     * Looks after a while, for nothing, whether there are enough credits (at least one, if there is no minimum) and results can be
     * kept.
     */
    CompletableFuture<Void> probe(Duration wait) {
        return (wait.isZero() ? CompletableFuture.<Void>completedFuture(null) : delays.after(wait))
                .thenRun(storage)
                .thenCompose(waited -> balance.now(delays))
                .thenAccept(info -> balance.reserve(
                        BigDecimal.ZERO, minimum == null ? BigDecimal.ONE : minimum, operation, "Nothing"));
    }

    private CompletableFuture<CreditInfo> recentBalance() {
        return minimum == null ? CompletableFuture.completedFuture(null) : balance.recent(patience, delays);
    }

    private static boolean isCharged(Throwable error) {
        return !(Failures.cause(error) instanceof DewatermarkException e) || e.billed() != Billed.NO;
    }
}
