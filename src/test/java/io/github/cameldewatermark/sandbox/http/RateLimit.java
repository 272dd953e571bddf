package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * How many requests of a key are answered in each second of the clock. The document says nothing about it: our reading,
 * after what is common.
 */
final class RateLimit {

    private final int perSecond;
    private final Clock clock;
    private final Map<String, Integer> taken = new HashMap<>();
    private long second;

    /** @param perSecond 0: no limit */
    RateLimit(int perSecond, Clock clock) {
        this.perSecond = perSecond;
        this.clock = clock;
    }

    synchronized boolean takes(Account account) {
        long now = clock.instant().getEpochSecond();
        if (now != second) {
            second = now;
            taken.clear();
        }
        return perSecond == 0 || taken.merge(account.userId(), 1, Integer::sum) <= perSecond;
    }
}
