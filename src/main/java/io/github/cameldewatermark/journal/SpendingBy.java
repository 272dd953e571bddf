package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What was spent, by the lines of a ledger, added up by steps of time, such as days. Not thread-safe.
 *
 * @param <T> a step of time
 */
public final class SpendingBy<T extends Comparable<? super T>> {

    private final Function<Instant, T> step;
    /** What is reserved, or may have been charged, by its reference. */
    private final Map<String, Charge> open = new HashMap<>();

    private final NavigableMap<T, BigDecimal> charged = new TreeMap<>();

    /** @param step returns the step in which a time is */
    public SpendingBy(Function<Instant, T> step) {
        this.step = step;
    }

    /** Takes a line into account. It replaces the one before with the same reference, unless that was a charge. */
    public void note(Charge charge) {
        Charge line = charge.following(open.remove(charge.reference()));
        if (line.billed() == Billed.UNKNOWN) {
            open.put(line.reference(), line);
        } else if (line.billed() == Billed.YES) {
            add(line, charged);
        }
    }

    /** Whether something is reserved, or may have been charged. */
    boolean isOpen(String reference) {
        return open.containsKey(reference);
    }

    /** Forgets what was up to a step. */
    void forget(T last) {
        charged.headMap(last, true).clear();
        open.values().removeIf(charge -> step.apply(charge.time()).compareTo(last) <= 0);
    }

    public NavigableMap<T, BigDecimal> credits() {
        return credits(null);
    }

    /** @param except the reference of what isn't counted; {@code null} if all is */
    NavigableMap<T, BigDecimal> credits(String except) {
        NavigableMap<T, BigDecimal> all = new TreeMap<>(charged);
        open.values().stream()
                .filter(charge -> !charge.reference().equals(except))
                .forEach(charge -> add(charge, all));
        return all;
    }

    private void add(Charge charge, Map<T, BigDecimal> steps) {
        steps.merge(step.apply(charge.time()), Spending.orLeast(charge.credits()), BigDecimal::add);
    }
}
