package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.Balance;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets nothing be begun that costs credits while there are fewer than the option {@code minimumCredit}. When they can't be
 * looked up, nothing is begun, either. What is spent is noted even without a minimum, for others who have one.
 */
final class CreditGuard {

    private final String operation;
    private final Balance balance;
    private final Delays delays;
    private final BigDecimal minimum;
    private final Duration patience;

    CreditGuard(String operation, Balance balance, Delays delays, DewatermarkConfiguration options) {
        this.operation = operation;
        this.balance = balance;
        this.delays = delays;
        this.minimum = options.getMinimumCredit() == 0 ? null : BigDecimal.valueOf(options.getMinimumCredit());
        this.patience = Duration.ofMillis(options.getMaxThrottleWait());
    }

    /**
     * Does something that costs credits.
     *
     * @param what  such as a file name
     * @param price zero if it isn't known yet: {@link #spent} says it later
     */
    <T> CompletableFuture<T> pass(String what, BigDecimal price, Supplier<CompletableFuture<T>> work) {
        return recentBalance().thenCompose(known -> {
            balance.reserve(price, minimum, operation, what);
            return CompletableFuture.completedFuture(known)
                    .thenCompose(reserved -> work.get())
                    .whenComplete((result, error) -> balance.settle(price, isCharged(error)));
        });
    }

    /** @param price {@code null} if it isn't known, which the next look at the balance makes good */
    void spent(BigDecimal price) {
        if (price != null) {
            balance.spent(price);
        }
    }

    private CompletableFuture<CreditInfo> recentBalance() {
        return minimum == null ? CompletableFuture.completedFuture(null) : balance.recent(patience, delays);
    }

    private static boolean isCharged(Throwable error) {
        return !(Failures.cause(error) instanceof DewatermarkException e) || e.billed() != Billed.NO;
    }
}
