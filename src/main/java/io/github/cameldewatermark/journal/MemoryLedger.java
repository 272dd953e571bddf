package io.github.cameldewatermark.journal;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The ledger of those who have no journal. It begins anew with each start, and knows only of what was reserved. */
public final class MemoryLedger implements Ledger {

    private final Map<Duration, Spending> periods = new HashMap<>();

    @Override
    public synchronized Instant reserve(Charge charge, SpendingLimit limit) {
        Instant room = of(limit.period()).roomFor(charge.credits(), charge.reference(), limit.credits(), Instant.now());
        if (room == null) {
            periods.values().forEach(spending -> spending.note(charge));
        }
        return room;
    }

    @Override
    public synchronized Instant roomFor(BigDecimal credits, SpendingLimit limit) {
        return of(limit.period()).roomFor(credits, null, limit.credits(), Instant.now());
    }

    @Override
    public synchronized BigDecimal spent(Duration period) {
        return of(period).total(Instant.now());
    }

    private Spending of(Duration period) {
        return periods.computeIfAbsent(period, Spending::new);
    }

    /** What isn't reserved any more was said before. */
    @Override
    public synchronized boolean chargedOnce(Charge charge) {
        boolean isNews = false;
        for (Spending spending : periods.values()) {
            if (spending.isOpen(charge.reference())) {
                spending.note(charge);
                isNews = true;
            }
        }
        return isNews;
    }
}
