package io.github.cameldewatermark.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How fast calls are let through after a refusal. The rate follows TCP CUBIC: it starts somewhat below the rate that was
 * refused, is back at it within {@link #PLATEAU}, stays close to it for a while, and then grows faster and faster.
 *
 * @param opens    when the first call is let through
 * @param limit    the rate that was refused, in calls per second; infinite if unknown
 * @param cautious whether to begin with a slow start, because the rate that the platform accepts is unknown
 */
record Pace(Instant opens, double limit, boolean cautious) {

    /** The part of the limit by which the rate is reduced at first. */
    private static final double REDUCTION = 0.2;
    /** Seconds until the limit is reached again. */
    private static final double PLATEAU = 15;
    /** The time until the rate has doubled the limit. Without a refusal until then, there is no limit any more. */
    private static final Duration END = Duration.ofSeconds(40);

    private static final double SLOW_START = 2;
    /** The increase of the rate per call let through; it doubles the rate every second. */
    private static final double SLOW_START_GROWTH = Math.log(2);

    private static final double NANOS = 1e9;

    /** Returns the rate in calls per second. A slow start grows by calls, not by time, so that idle time doesn't raise it. */
    double rate(Instant time, int letThrough) {
        double early = 1 - Duration.between(opens, time).toNanos() / NANOS / PLATEAU;
        double recovered = limit * (1 - REDUCTION * early * early * early);
        return cautious ? Math.min(recovered, SLOW_START + SLOW_START_GROWTH * letThrough) : recovered;
    }

    /** Estimates the rate that the platform accepts from the rate at which it refused a call. */
    double limitAt(double refusedRate) {
        // a slow start doubles the rate each second, so the limit is between half of this rate and this rate
        return cautious && refusedRate < limit ? refusedRate * 0.7 : refusedRate;
    }

    boolean isOver(Instant now) {
        return now.isAfter(opens.plus(END));
    }

    static Duration interval(double rate) {
        return Duration.ofNanos((long) (NANOS / rate));
    }
}
