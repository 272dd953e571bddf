package io.github.cameldewatermark.client;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Holds back the calls with one API key to one platform after the server has refused one because there were too many (429)
 * or because it is offline (503). When the gate opens again, waiting calls are let through one after the other, at a
 * {@link Pace} that is learned from the refusals. Before the first refusal, and long after the last one, no call waits.
 */
public final class RateGate {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** How late a call may come, because timers and workers aren't exact, without delaying the calls behind it. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    private final Clock clock;
    private final AtomicLong turns = new AtomicLong();
    private final TurnQueue queue = new TurnQueue();
    /** {@code null} while the gate is open for all calls. */
    private volatile Pace pace;

    /** Whether a call that pays may be charged though it is refused: a free call goes first. */
    private volatile boolean uncertain;

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

    /** Creates the turn of a call, which is not queued yet. */
    Turn turn(ApiCall call) {
        return new Turn(call == ApiCall.STATUS, turns.incrementAndGet());
    }

    /**
     * Asks whether a call may be made now.
     *
     * @return zero if it may; otherwise when to ask again, which is about when it will be the call's turn
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

    /** Lets a call through although it isn't its turn. */
    synchronized void force(Turn turn) {
        queue.remove(turn);
        turn.comes(pace, letThrough, pace == null ? Double.POSITIVE_INFINITY : pace.rate(now(), letThrough));
    }

    /** Removes a call that will not be made any more from the queue. */
    synchronized void leave(Turn turn) {
        queue.remove(turn);
    }

    /** Returns how long no call is let through; if zero, calls only wait for those ahead of them. */
    public synchronized Duration closedFor() {
        Duration left = pace == null ? Duration.ZERO : Duration.between(now(), pace.opens());
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns when a call was last accepted while the gate was not open for all. */
    synchronized Instant lastAccepted() {
        return lastAccepted;
    }

    /**
     * Closes the gate, because a call was refused.
     *
     * @param turn       the turn of the call; if it was let through before the current pace began, its refusal isn't news
     * @param retryAfter the delay that the server asked for; if {@code null} or zero, the gate closes for 1 s, and for twice
     *                   as long after each further refusal, up to 30 s, with some jitter
     * @return           whether the gate was open for all until now
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
            // if even the first call is refused, the reason isn't the rate
            boolean shut = turn.ahead() == 0 || now().isBefore(pace.opens());
            close(new Pace(later(until, pace.opens()), shut ? pace.limit() : pace.limitAt(turn.rate()), shut));
        } else if (until.isAfter(pace.opens())) {
            close(new Pace(until, pace.limit(), pace.cautious()));
        }
        refusals += news ? 1 : 0;
        return first;
    }

    /** Notes that a refusal isn't certain: the call may have been charged. */
    void uncertain() {
        uncertain = true;
    }

    /** Whether a free call is to find out if the server takes calls, before one that pays. */
    boolean isUncertain() {
        return uncertain;
    }

    /**
     * Notes that a call was accepted.
     *
     * @param pays whether it is one that pays: if only those are refused, the others say nothing about them
     */
    void accepted(Turn turn, boolean pays) {
        if (pays) {
            uncertain = false;
        }
        if (pace != null) {
            acceptedAfterRefusal(turn);
        }
    }

    private synchronized void acceptedAfterRefusal(Turn turn) {
        Instant now = now();
        lastAccepted = now;
        if (!uncertain) {
            refusals = 0;
        }
        if (pace != null && turn.pace() == pace && now.isBefore(pace.opens())) {
            // The call was forced through a closed gate and accepted: the server had asked for too long a wait.
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
