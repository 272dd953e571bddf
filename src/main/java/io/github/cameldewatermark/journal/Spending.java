package io.github.cameldewatermark.journal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;

/** What was spent in the last while, by the lines of a ledger. Not thread-safe. */
public final class Spending {

    /** What is settled is added up in steps of a thousandth of the period, so that however much that is, it takes little room. */
    private static final long STEPS = 1000;

    private final Duration period;
    private final long step;
    /** By when it doesn't count any more. */
    private final SpendingBy<Instant> ends = new SpendingBy<>(this::end);

    public Spending(Duration period) {
        this.period = period;
        this.step = Math.max(1, period.toMillis() / STEPS);
    }

    /** Takes a line into account, as {@link SpendingBy#note} does. */
    public void note(Charge charge) {
        ends.note(charge);
    }

    boolean isOpen(String reference) {
        return ends.isOpen(reference);
    }

    public BigDecimal total(Instant now) {
        return byEnd(now, null).values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /**
     * Returns when there is room for a charge: {@code null} if there is now, {@link Instant#MAX} if there never is.
     *
     * @param credits   {@code null} if they aren't known
     * @param reference what is reserved with it already, isn't counted; {@code null} if nothing is
     * @param limit     what may be spent in the period
     */
    public Instant roomFor(BigDecimal credits, String reference, BigDecimal limit, Instant now) {
        NavigableMap<Instant, BigDecimal> counted = byEnd(now, reference);
        BigDecimal free = limit.subtract(counted.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .subtract(orLeast(credits));
        if (free.signum() >= 0) {
            return null;
        }
        for (Map.Entry<Instant, BigDecimal> next : counted.entrySet()) {
            free = free.add(next.getValue());
            if (free.signum() >= 0) {
                return next.getKey();
            }
        }
        return Instant.MAX;
    }

    private NavigableMap<Instant, BigDecimal> byEnd(Instant now, String except) {
        ends.forget(now);
        return ends.credits(except);
    }

    private Instant end(Instant time) {
        long end = time.plus(period).toEpochMilli();
        return Instant.ofEpochMilli((end / step + 1) * step);
    }

    /** What isn't known counts as little as anything costs, until it is. */
    public static BigDecimal orLeast(BigDecimal credits) {
        return credits == null ? BigDecimal.ONE : credits;
    }
}
