package io.github.cameldewatermark.client.throttle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Predicate;

/** How a platform may limit the calls with one key. */
abstract class RateLimit {

    private final Clock clock;
    private final Duration retryAfter;

    private RateLimit(Clock clock, Duration retryAfter) {
        this.clock = clock;
        this.retryAfter = retryAfter;
    }

    /** So many in each second of the clock. */
    static RateLimit window(Clock clock, int perSecond, Duration retryAfter) {
        return new RateLimit(clock, retryAfter) {
            private long second;
            private int taken;

            @Override
            boolean takes(Instant now) {
                taken = now.getEpochSecond() == second ? taken : 0;
                second = now.getEpochSecond();
                return taken++ < perSecond;
            }
        };
    }

    /** A bucket of tokens, full at first, that is filled all the time. */
    static RateLimit bucket(Clock clock, int perSecond, int size, Duration retryAfter) {
        return new RateLimit(clock, retryAfter) {
            private Instant last = clock.instant();
            private double tokens = size;

            @Override
            boolean takes(Instant now) {
                tokens = Math.min(size, tokens + Duration.between(last, now).toNanos() / 1e9 * perSecond);
                last = now;
                boolean taken = tokens >= 1;
                tokens -= taken ? 1 : 0;
                return taken;
            }
        };
    }

    /** Whatever it depends on; doesn't say for how long. */
    static RateLimit when(Clock clock, Predicate<Instant> takes) {
        return new RateLimit(clock, null) {
            @Override
            boolean takes(Instant now) {
                return takes.test(now);
            }
        };
    }

    abstract boolean takes(Instant now);

    /** Takes a call that arrives now, or not. */
    final boolean takes() {
        return takes(clock.instant());
    }

    /** What it says when it doesn't take one, {@code null} if that is nothing. */
    final Duration retryAfter() {
        return retryAfter;
    }
}
