package io.github.cameldewatermark.client;

import io.github.cameldewatermark.error.DewatermarkCreditException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The credits of an account, one for all who share it: what the platform said last, less what was spent here since. What
 * is being spent counts as spent. A call that was under way during a look may be counted twice until the next one: in doubt
 * there is less.
 */
public final class Balance {

    /** For so long an answer will do: what is spent here is known, and what others spend isn't much meanwhile. */
    static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final Function<Duration, CompletableFuture<CreditInfo>> lookUp;
    private final Clock clock;

    /** The looks that are under way, by how long rate limits may hold them back: nobody gets the patience of others. */
    private final Map<Duration, CompletableFuture<CreditInfo>> underWay = new HashMap<>();

    /** What the last look came to; {@code null} before the first. */
    private CompletableFuture<CreditInfo> latest;

    private Instant latestEnd = Instant.MIN;

    /** What the platform said; {@code null} as long as it has said nothing. */
    private BigDecimal answered;

    private BigDecimal spentBeforeAnswer = BigDecimal.ZERO;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal beingSpent = BigDecimal.ZERO;

    /**
     * @param lookUp asks the platform, and is held back by rate limits no longer than it is told
     */
    public Balance(Function<Duration, CompletableFuture<CreditInfo>> lookUp, Clock clock) {
        this.lookUp = lookUp;
        this.clock = clock;
    }

    /** The credits that are left; {@code null} if that was never looked up. */
    public synchronized BigDecimal available() {
        return answered == null
                ? null
                : answered.subtract(spent.subtract(spentBeforeAnswer)).subtract(beingSpent);
    }

    /**
     * Looks it up, unless that was done a few seconds ago. Who comes while it is being looked up, with the same patience, gets
     * the same answer.
     *
     * @param patience how long rate limits may hold that back
     * @param waits    ends the wait for somebody else's look
     * @return         when {@link #available} is as of now; on a worker, if it takes a wait
     */
    public CompletableFuture<CreditInfo> recent(Duration patience, Delays waits) {
        CompletableFuture<CreditInfo> look = look(patience, false);
        return look.isDone()
                ? look
                : waits.untilClosed(look)
                        .exceptionallyCompose(error -> CompletableFuture.failedFuture(
                                error instanceof CancellationException stopped
                                        ? ErrorClassifier.noAnswer(ApiCall.CREDIT, false, stopped)
                                        : error));
    }

    /** The same for who only wants to know: rate limits aren't waited for, and a failure is an answer for a few seconds. */
    public CompletableFuture<CreditInfo> latest() {
        return look(Duration.ZERO, true);
    }

    /** Takes note of what somebody looks up anyway. */
    public CompletableFuture<CreditInfo> note(Supplier<CompletableFuture<CreditInfo>> look) {
        BigDecimal before = spent();
        return look.get().thenApply(info -> {
            answered(info, before);
            return info;
        });
    }

    /**
     * Sets credits aside for a call that is about to be made. {@link #settle} says what became of it.
     *
     * @param  minimum                    so much must be there, {@code null} if that doesn't matter
     * @throws DewatermarkCreditException there is less
     */
    public synchronized void reserve(BigDecimal price, BigDecimal minimum, String operation, String what) {
        BigDecimal available = available();
        if (minimum != null && available.compareTo(minimum) < 0) {
            throw new DewatermarkCreditException(operation, what, available, minimum);
        }
        beingSpent = beingSpent.add(price);
    }

    /** The call that credits were set aside for is over. */
    public synchronized void settle(BigDecimal price, boolean charged) {
        beingSpent = beingSpent.subtract(price);
        if (charged) {
            spent(price);
        }
    }

    /** Something was charged whose price wasn't known before. */
    public synchronized void spent(BigDecimal price) {
        spent = spent.add(price);
    }

    private synchronized BigDecimal spent() {
        return spent;
    }

    private CompletableFuture<CreditInfo> look(Duration patience, boolean failureWillDo) {
        CompletableFuture<CreditInfo> mine = new CompletableFuture<>();
        synchronized (this) {
            if (latest != null && isFresh(failureWillDo)) {
                return latest;
            }
            CompletableFuture<CreditInfo> others = underWay.putIfAbsent(patience, mine);
            if (others != null) {
                return others;
            }
        }
        try {
            note(() -> lookUp.apply(patience)).whenComplete((info, error) -> end(patience, info, error));
        } catch (RuntimeException | Error e) { // who else waits for it must not wait for ever
            end(patience, null, e);
        }
        return mine;
    }

    private boolean isFresh(boolean failureWillDo) {
        return clock.instant().isBefore(latestEnd.plus(GOOD_FOR))
                && (failureWillDo || !latest.isCompletedExceptionally());
    }

    private void end(Duration patience, CreditInfo info, Throwable error) {
        CompletableFuture<CreditInfo> look;
        synchronized (this) {
            look = underWay.remove(patience);
            latest = error == null
                    ? CompletableFuture.completedFuture(info)
                    : CompletableFuture.failedFuture(Failures.cause(error));
            latestEnd = clock.instant();
        }
        if (error == null) {
            look.complete(info);
        } else {
            look.completeExceptionally(Failures.cause(error));
        }
    }

    private synchronized void answered(CreditInfo info, BigDecimal spentBefore) {
        answered = info.availableCredit();
        spentBeforeAnswer = spentBefore;
        latest = CompletableFuture.completedFuture(info);
        latestEnd = clock.instant();
    }
}
