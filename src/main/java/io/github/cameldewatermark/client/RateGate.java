package io.github.cameldewatermark.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds back all calls with one API key to one platform while the server says it has too many of them (429) or is
 * offline (503).
 */
public final class RateGate {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Clock clock;
    private Instant opens = Instant.MIN;
    private int refusals;

    public RateGate(Clock clock) {
        this.clock = clock;
    }

    /** How long a call has to wait from now on; zero if the gate is open. */
    public synchronized Duration delay() {
        Instant now = clock.instant();
        return now.isBefore(opens) ? Duration.between(now, opens) : Duration.ZERO;
    }

    /**
     * A call was refused: closes the gate.
     *
     * @param retryAfter what the server asked for; if that is nothing ({@code null} or zero): 1 s, then twice as long each time, up to 30 s, with
     *                   some jitter
     * @return           whether it was open until now, so that one of many refusals is told from the others
     */
    public synchronized boolean refused(Duration retryAfter) {
        Instant now = clock.instant();
        boolean wasOpen = !now.isBefore(opens);
        boolean asked = retryAfter != null && !retryAfter.isZero();
        if (!asked && !wasOpen) {
            return false; // one of the calls that were on their way when the gate closed
        }
        Duration wait = asked ? retryAfter : backOff();
        Instant until = now.plus(wait);
        opens = until.isAfter(opens) ? until : opens;
        return wasOpen;
    }

    /** A call was accepted. */
    public synchronized void accepted() {
        refusals = 0;
    }

    /** A call that was made all the same was accepted: the server asked for more than it needed. */
    synchronized void open() {
        refusals = 0;
        opens = Instant.MIN;
    }

    private Duration backOff() {
        long millis = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(refusals, 16));
        refusals++;
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }
}
