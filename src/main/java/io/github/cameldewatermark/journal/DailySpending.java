package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was spent on each day, by the lines of a ledger. */
public final class DailySpending {

    private final LocalDate since;
    private final ZoneId zone;

    /** What is reserved, or may have been charged, by its reference. */
    private final Map<String, Charge> open = new HashMap<>();

    private final NavigableMap<LocalDate, BigDecimal> charged = new TreeMap<>();

    public DailySpending(LocalDate since, ZoneId zone) {
        this.since = since;
        this.zone = zone;
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

    public NavigableMap<LocalDate, BigDecimal> credits() {
        NavigableMap<LocalDate, BigDecimal> all = new TreeMap<>(charged);
        open.values().forEach(charge -> add(charge, all));
        return all;
    }

    private void add(Charge charge, Map<LocalDate, BigDecimal> days) {
        LocalDate day = charge.time().atZone(zone).toLocalDate();
        if (!day.isBefore(since)) {
            days.merge(day, Spending.orLeast(charge.credits()), BigDecimal::add);
        }
    }
}
