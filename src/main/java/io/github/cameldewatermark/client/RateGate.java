package io.github.cameldewatermark.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds back the calls with one API key to one platform after the server said that it has too many of them (429) or is
 * offline (503). Those who wait don't come all at once when it opens again, but one after the other, at a {@link Pace}
 * that is learned from the refusals. Until the first refusal, and when there was none for long, nobody waits.
 */
public final class RateGate {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** How late a call may come, as timers and workers are, without making all others late. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private final Clock clock;
    private final AtomicLong turns = new AtomicLong();
    private final TurnQueue queue = new TurnQueue();
    /** {@code null}: open for all. */
    private volatile Pace pace;

    private Instant next;
    private int letThrough;
    private int refusals;
    private Instant lastAccepted = Instant.MIN;

    public RateGate(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** For one call; it doesn't wait yet. */
    Turn turn(ApiCall call) {
        return new Turn(call == ApiCall.STATUS, turns.incrementAndGet());
    }

    /**
     * Whether it is a call's turn.
     *
     * @return when to ask again: about when it will be; zero if it is now
     */
    Duration ask(Turn turn) {
        if (pace == null) {
            turn.comes(null, 0, Double.POSITIVE_INFINITY);
            return Duration.ZERO;
        }
        return askInTurn(turn);
    }

    private synchronized Duration askInTurn(Turn turn) {
        Instant now = now();
        if (pace == null || pace.isOver(now)) {
            pace = null;
            queue.clear();
            return ask(turn);
        }
        if (now.isBefore(next)) {
            queue.add(turn);
            return Duration.between(now, expected(turn));
        }
        double rate = pace.rate(now, letThrough);
        next = later(next, now.minus(TOLERANCE)).plus(Pace.interval(rate));
        turn.comes(pace, letThrough++, rate);
        queue.comes(turn);
        return Duration.ZERO;
    }

    private Instant expected(Turn turn) {
        Instant at = next;
        int before = queue.before(turn);
        for (int i = 0; i < before; i++) {
            at = at.plus(Pace.interval(pace.rate(at, letThrough + i)));
        }
        return at;
    }

    /** A call is made although it isn't its turn. */
    synchronized void force(Turn turn) {
        queue.remove(turn);
        turn.comes(pace, letThrough, pace == null ? Double.POSITIVE_INFINITY : pace.rate(now(), letThrough));
    }

    /** A call isn't made any more. */
    synchronized void leave(Turn turn) {
        queue.remove(turn);
    }

    /** How long nobody is let through; when it is over, a wait is only for those who are first. */
    public synchronized Duration closedFor() {
        Duration left = pace == null ? Duration.ZERO : Duration.between(now(), pace.opens());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** When a call was last accepted, as far as it was noticed. */
    synchronized Instant lastAccepted() {
        return lastAccepted;
    }

    /**
     * A call was refused: closes the gate.
     *
     * @param turn       of the call; one of many that were on their way at once tells nothing new
     * @param retryAfter what the server asked for; if that is nothing ({@code null} or zero): 1 s, then twice as long
     *                   each time, up to 30 s, with some jitter
     * @return           whether nobody was held back until now
     */
    synchronized boolean refused(Turn turn, Duration retryAfter) {
        boolean first = pace == null;
        boolean news = first || turn.pace() == pace;
        boolean asked = retryAfter != null && !retryAfter.isZero();
        if (!news && !asked) {
            return false;
        }
        Instant until = now().plus(asked ? retryAfter : backOff());
        if (first) {
            close(new Pace(until, Double.POSITIVE_INFINITY, true));
        } else if (news) {
            // if not even the first is taken, it isn't because they come too fast
            boolean shut = turn.ahead() == 0 || now().isBefore(pace.opens());
            close(new Pace(later(until, pace.opens()), shut ? pace.limit() : pace.limitAt(turn.rate()), shut));
        } else if (until.isAfter(pace.opens())) {
            close(new Pace(until, pace.limit(), pace.cautious()));
        }
        refusals += news ? 1 : 0;
        return first;
    }

    /** A call was accepted. */
    void accepted(Turn turn) {
        if (pace != null) {
            acceptedAfterRefusal(turn);
        }
    }

    private synchronized void acceptedAfterRefusal(Turn turn) {
        Instant now = now();
        lastAccepted = now;
        refusals = 0;
        if (pace != null && turn.pace() == pace && now.isBefore(pace.opens())) {
            // it was made all the same: the server asked for more than it needed
            close(new Pace(now, pace.limit(), true));
        }
    }

    private void close(Pace anew) {
        pace = anew;
        next = anew.opens();
        letThrough = 0;
    }

    private Duration backOff() {
        long millis = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(refusals, 16));
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
