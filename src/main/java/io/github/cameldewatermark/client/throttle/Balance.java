package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The credits of an account, shared by all its users in this process: the last answer of the platform, less what was spent
 * here since. Calls under way count as spent. A call that was under way during a lookup may be counted twice until the next
 * lookup, so in doubt the balance is too low, not too high.
 */
public final class Balance {

    /** Stands for the lookups for monitoring among those under way. */
    private static final Duration MONITORING = Duration.ofMillis(-1);

    /** How long an answer is used: what is spent here is known, and other processes hardly spend much in this time. */
    static final Duration GOOD_FOR = Duration.ofSeconds(10);

    private final String baseUrl;
    private final Function<Duration, CompletableFuture<CreditInfo>> lookUp;
    private final Supplier<CompletableFuture<CreditInfo>> lookUpDirectly;
    private final Clock clock;
    private final PriceWatch priceWatch = new PriceWatch();

    /** Who pays; {@code null} until it is known. */
    private volatile String account;

    /** The lookups under way, by how long rate limits may delay them: callers with different limits don't share a lookup. */
    private final Map<Duration, CompletableFuture<CreditInfo>> underWay = new HashMap<>();

    /** The outcome of the last lookup; {@code null} before the first. */
    private CompletableFuture<CreditInfo> latest;

    private Instant latestEnd = Instant.MIN;

    /** The last answer of the platform; {@code null} before the first. */
    private BigDecimal answered;

    private BigDecimal spentBeforeAnswer = BigDecimal.ZERO;
    private BigDecimal spent = BigDecimal.ZERO;
    private BigDecimal beingSpent = BigDecimal.ZERO;

    /** How often an unknown amount was spent. */
    private int unknownSpent;

    /**
     * @param name           the name of the account, which is then not looked up; {@code null} to look it up
     * @param lookUp         asks the platform; its argument is how long rate limits may delay the call
     * @param lookUpDirectly asks the platform without waiting for other calls
     */
    public Balance(
            String baseUrl,
            String name,
            Function<Duration, CompletableFuture<CreditInfo>> lookUp,
            Supplier<CompletableFuture<CreditInfo>> lookUpDirectly,
            Clock clock) {
        this.baseUrl = baseUrl;
        this.account = name == null ? null : baseUrl + " " + name;
        this.lookUp = lookUp;
        this.lookUpDirectly = lookUpDirectly;
        this.clock = clock;
    }

    /**
     * Returns who pays, by the platform and the user id that its credit call gives: the same for each API key of an account.
     * Looked up once. It is {@code null} if the platform doesn't say.
     *
     * @param patience how long rate limits may delay the lookup
     * @param waits    closing them ends the wait for the lookup
     */
    public CompletableFuture<String> account(Duration patience, Delays waits) {
        return account == null
                ? recent(patience, waits).thenApply(this::accountOf)
                : CompletableFuture.completedFuture(account);
    }

    private String accountOf(CreditInfo info) {
        if (info.userId() == null || info.userId().isBlank()) {
            return null;
        }
        account = baseUrl + " " + info.userId();
        return account;
    }

    public PriceWatch priceWatch() {
        return priceWatch;
    }

    /** Returns the credits that are left, or {@code null} if they were never looked up. */
    public synchronized BigDecimal available() {
        return answered == null
                ? null
                : answered.subtract(spent.subtract(spentBeforeAnswer)).subtract(beingSpent);
    }

    /**
     * Looks up the balance, unless that was done in the last {@link #GOOD_FOR}. Concurrent callers with the same patience
     * share one lookup.
     *
     * @param patience how long rate limits may delay the lookup
     * @param waits    closing them ends this wait, while the lookup itself continues for other callers
     * @return         completes when {@link #available} is up to date; on a worker, if it had to wait
     */
    public CompletableFuture<CreditInfo> recent(Duration patience, Delays waits) {
        CompletableFuture<CreditInfo> known = known();
        return known == null || known.isCompletedExceptionally() ? ofCaller(look(patience, lookUp), waits) : known;
    }

    /** Looks up the balance now, without waiting for rate limits. Concurrent callers share one lookup. */
    public CompletableFuture<CreditInfo> now(Delays waits) {
        return ofCaller(look(Duration.ZERO, lookUp), waits);
    }

    private static CompletableFuture<CreditInfo> ofCaller(CompletableFuture<CreditInfo> look, Delays waits) {
        return look.isDone()
                ? look
                : Delays.ifStopped(
                        waits.untilClosed(look), stopped -> ErrorClassifier.noAnswer(ApiCall.CREDIT, false, stopped));
    }

    /**
     * Returns the balance for monitoring: like {@link #recent}, but not in the queue of other calls, and a failed lookup isn't
     * repeated within {@link #GOOD_FOR} either.
     */
    public CompletableFuture<CreditInfo> latest() {
        CompletableFuture<CreditInfo> known = known();
        return known == null ? look(MONITORING, patience -> lookUpDirectly.get()) : known;
    }

    /** Runs a lookup that the caller makes for its own purposes, and updates this balance with the answer. */
    public CompletableFuture<CreditInfo> note(Supplier<CompletableFuture<CreditInfo>> look) {
        BigDecimal spentBefore;
        int unknownBefore;
        synchronized (this) {
            spentBefore = spent;
            unknownBefore = unknownSpent;
        }
        return look.get().thenApply(info -> {
            answered(info, spentBefore, unknownBefore);
            return info;
        });
    }

    /**
     * Reserves credits for a call that is about to be made. {@link #settle} must be called when that call is over.
     *
     * @param  minimum                    the credits that must be available; {@code null} to reserve in any case
     * @throws DewatermarkCreditException if fewer credits are available
     */
    public synchronized void reserve(BigDecimal price, BigDecimal minimum, String operation, String what) {
        BigDecimal available = available();
        if (minimum != null && available.compareTo(minimum) < 0) {
            throw new DewatermarkCreditException(operation, what, available, minimum);
        }
        beingSpent = beingSpent.add(price);
    }

    /** Ends the reservation for a call, and counts the credits as spent if the call was charged. */
    public synchronized void settle(BigDecimal price, boolean charged) {
        beingSpent = beingSpent.subtract(price);
        if (charged) {
            spent(price);
        }
    }

    /** Counts credits as spent whose amount wasn't known when the call was made. */
    public synchronized void spent(BigDecimal price) {
        spent = spent.add(price);
    }

    /** An unknown amount was or may have been spent: only a lookup that begins from now on tells what is left. */
    public synchronized void spentUnknown() {
        unknownSpent++;
        latest = null;
        underWay.clear();
    }

    /** Returns the outcome of the last lookup; {@code null} if that is too long ago. */
    private synchronized CompletableFuture<CreditInfo> known() {
        return latest != null && clock.instant().isBefore(latestEnd.plus(GOOD_FOR)) ? latest : null;
    }

    private CompletableFuture<CreditInfo> look(
            Duration patience, Function<Duration, CompletableFuture<CreditInfo>> ask) {
        CompletableFuture<CreditInfo> mine = new CompletableFuture<>();
        synchronized (this) {
            CompletableFuture<CreditInfo> others = underWay.putIfAbsent(patience, mine);
            if (others != null) {
                return others;
            }
        }
        // those who share this lookup don't wait for ever if it throws
        Failures.inFuture(() -> note(() -> ask.apply(patience)))
                .whenComplete((info, error) -> end(patience, mine, info, error));
        return mine;
    }

    private void end(Duration patience, CompletableFuture<CreditInfo> look, CreditInfo info, Throwable error) {
        synchronized (this) {
            underWay.remove(patience, look);
            if (error != null) {
                latest = CompletableFuture.failedFuture(Failures.cause(error));
                latestEnd = clock.instant();
            }
        }
        if (error == null) {
            look.complete(info);
        } else {
            look.completeExceptionally(Failures.cause(error));
        }
    }

    private synchronized void answered(CreditInfo info, BigDecimal spentBefore, int unknownBefore) {
        answered = info.availableCredit();
        priceWatch.answered(answered, beingSpent);
        spentBeforeAnswer = spentBefore;
        latest = unknownBefore == unknownSpent ? CompletableFuture.completedFuture(info) : null;
        latestEnd = clock.instant();
    }
}
