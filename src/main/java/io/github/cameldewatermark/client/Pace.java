package io.github.cameldewatermark.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast calls are let through after a refusal. It follows TCP CUBIC: a bit less than what was refused, back up to it
 * within {@link #PLATEAU}, there for a while, then faster and faster.
 *
 * @param opens    when the first call is let through
 * @param limit    calls a second that were too many, infinite if that isn't known
 * @param cautious whether it begins slowly, as nobody knows what the platform takes now
 */
record Pace(Instant opens, double limit, boolean cautious) {

    /** Part of the limit that is taken off at first. */
    private static final double REDUCTION = 0.2;
    /** Seconds until the limit is reached again. */
    private static final double PLATEAU = 15;
    /** Until it has doubled the limit; whoever isn't refused by then isn't limited any more. */
    private static final Duration END = Duration.ofSeconds(40);

    private static final double SLOW_START = 2;
    /** For each call that was let through: doubles the pace every second. */
    private static final double SLOW_START_GROWTH = Math.log(2);

    private static final double NANOS = 1e9;

    /** Calls a second. What isn't used must not make a slow start faster, hence the count. */
    double rate(Instant time, int letThrough) {
        double early = 1 - Duration.between(opens, time).toNanos() / NANOS / PLATEAU;
        double recovered = limit * (1 - REDUCTION * early * early * early);
        return cautious ? Math.min(recovered, SLOW_START + SLOW_START_GROWTH * letThrough) : recovered;
    }

    /** What the platform takes, as far as can be told from its refusal of a call. */
    double limitAt(double refusedRate) {
        // a slow start went through half of it in the second before
        return cautious && refusedRate < limit ? refusedRate * 0.7 : refusedRate;
    }

    boolean isOver(Instant now) {
        return now.isAfter(opens.plus(END));
    }

    static Duration interval(double rate) {
        return Duration.ofNanos((long) (NANOS / rate));
    }
}
