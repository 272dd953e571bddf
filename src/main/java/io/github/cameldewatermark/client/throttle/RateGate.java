package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Holds back the calls with one API key to one platform after the server has refused one because there were too many (429)
 * or because it is offline (503). Before the first refusal, and if none waits a minute after the last one, no call waits.
 *
 * <p>When the gate opens again, waiting calls are let through one after the other: first come, first served, but status polls
 * alternate with all other calls. Their rate is increased additively and decreased multiplicatively (AIMD). It begins with a slow
 * start, which doubles each second, until a refusal shows how fast is too fast. See {@code src/main/docs/decisions/rate.md}.
 */
public final class RateGate {

    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    /** Without a refusal for so long, no call waits any more or, if others wait already, there is another slow start. */
    private static final Duration END = Duration.ofMinutes(1);
    /** How late a call may come, because timers and workers aren't exact, without delaying the calls behind it. */
    private static final Duration TOLERANCE = Duration.ofMillis(50);

    /** A poll that doesn't come for so long isn't waited for any more. */
    private static final Duration LOST = Duration.ofSeconds(1);

    private static final double SLOW_START = 2;
    /** The increase of the rate with each call of a slow start; it doubles the rate every second. */
    private static final double SLOW_START_GROWTH = Math.log(2);
    /** A slow start is refused at up to twice the rate that is accepted. */
    private static final double SLOW_START_DECREASE = 0.6;

    private static final double DECREASE = 0.88;
    /** The increase per second, as a part of the rate after the last refusal. */
    private static final double INCREASE = 0.006;

    private static final double NANOS = 1e9;

    private final Clock clock;

    /** The calls that wait, in the order in which they are let through. */
    private final TreeSet<Turn> queue = new TreeSet<>();

    /** The places that the last poll and the last other call have got. */
    private long lastPoll;

    private long lastOther;

    /** {@code null} while the gate is open for all calls. */
    private Phase phase;

    /** Whether a call that pays may be charged though it is refused: a free call goes first. */
    private boolean uncertain;

    private Instant next;
    private int letThrough;
    private int refusals;
    private Instant lastAccepted = Instant.MIN;

    /**
     * The time between two refusals.
     *
     * @param opens when the first call is let through
     * @param rate  the rate then, in calls per second; infinite if unknown
     * @param start the rate at which a slow start begins; infinite without one
     */
    private record Phase(Instant opens, double rate, double start) {

        /** Returns the rate after so many calls. A slow start grows by calls, not by time, so that idle time doesn't raise it. */
        double rate(Instant time, int letThrough) {
            double grown = rate * (1 + INCREASE * Duration.between(opens, time).toNanos() / NANOS);
            return Math.min(grown, start + SLOW_START_GROWTH * letThrough);
        }
    }

    /** The place of a call in the queue, and how it was let through. */
    static final class Turn implements Comparable<Turn> {

        private final boolean poll;
        /** A poll and another call may have the same; the poll goes first. */
        private final long place;

        private Phase phase;
        private Instant asks;
        private int ahead;
        private double rate;

        private Turn(boolean poll, long place) {
            this.poll = poll;
            this.place = place;
        }

        private void letThrough(Phase now, int others, double perSecond) {
            phase = now;
            ahead = others;
            rate = perSecond;
        }

        /** Returns the rate at which calls were let through, in calls per second. */
        double rate() {
            return rate;
        }

        @Override
        public int compareTo(Turn other) {
            return place == other.place ? Boolean.compare(other.poll, poll) : Long.compare(place, other.place);
        }
    }

    public RateGate(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /**
     * Creates the turn of a call, which is not queued yet. Its place is behind the others of its kind, even if they are under way:
     * should they be refused, they go first. As each kind counts its places, polls and other calls alternate.
     */
    synchronized Turn turn(ApiCall call) {
        long before = queue.isEmpty() ? Math.max(lastPoll, lastOther) : queue.first().place - 1;
        if (call.step() == Step.STATUS) {
            lastPoll = Math.max(lastPoll, before) + 1;
            return new Turn(true, lastPoll);
        }
        lastOther = Math.max(lastOther, before) + 1;
        return new Turn(false, lastOther);
    }

    /**
     * Asks whether a call may be made now. The first one that asks when the next call is due may, so that nobody waits for a call
     * that was given up.
     *
     * @return zero if it may; otherwise when to ask again, which is about when it will be the call's turn
     */
    synchronized Duration ask(Turn turn) {
        Instant now = now();
        if (phase != null && now.isAfter(phase.opens.plus(END))) {
            leave(turn);
            phase = queue.isEmpty() ? null : new Phase(now, Double.POSITIVE_INFINITY, rate(now));
            letThrough = 0;
        }
        if (phase == null) {
            force(turn);
            return Duration.ZERO;
        }
        queue.add(turn);
        if (now.isBefore(next) || yields(turn, now)) {
            Instant turnComes = expected(turn);
            turn.asks = turnComes.isAfter(now) ? turnComes : now.plus(TOLERANCE);
            return Duration.between(now, turn.asks);
        }
        force(turn);
        next = later(next, now.minus(TOLERANCE)).plus(interval(turn.rate));
        letThrough++;
        return Duration.ZERO;
    }

    /** Whether a poll goes first, which will ask at any moment. */
    private boolean yields(Turn turn, Instant now) {
        return !turn.poll
                && now.isBefore(next.plus(LOST))
                && queue.headSet(turn).stream().anyMatch(ahead -> ahead.poll && !now.isBefore(ahead.asks));
    }

    private Instant expected(Turn turn) {
        int ahead = queue.headSet(turn).size();
        Instant at = next;
        for (int i = 0; i < ahead; i++) {
            at = at.plus(interval(phase.rate(at, letThrough + i)));
        }
        Instant end = phase.opens.plus(END).plusMillis(1);
        return at.isBefore(end) ? at : end;
    }

    /** Lets a call through although it isn't its turn. */
    synchronized void force(Turn turn) {
        leave(turn);
        turn.letThrough(phase, letThrough, rate(now()));
    }

    private double rate(Instant now) {
        return phase == null ? Double.POSITIVE_INFINITY : phase.rate(now, letThrough);
    }

    synchronized void leave(Turn turn) {
        queue.remove(turn);
    }

    /** Returns how long no call is let through; if zero, calls only wait for those ahead of them. */
    public synchronized Duration closedFor() {
        Duration left = phase == null ? Duration.ZERO : Duration.between(now(), phase.opens);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Returns when a call was last accepted while the gate was not open for all. */
    synchronized Instant lastAccepted() {
        return lastAccepted;
    }

    /**
     * Closes the gate, because a call was refused.
     *
     * @param turn       the turn of the call; if it was let through before the last refusal, its own is no news
     * @param retryAfter the delay that the server asked for; if {@code null} or zero, the gate closes for 1 s, and for twice
     *                   as long after each further refusal, up to 30 s, with some jitter
     * @return           whether the gate was open for all until now
     */
    synchronized boolean refused(Turn turn, Duration retryAfter) {
        boolean first = phase == null;
        boolean news = first || turn.phase == phase;
        boolean asked = retryAfter != null && !retryAfter.isZero();
        if (!news && !asked) {
            return false;
        }
        Instant until = now().plus(asked ? retryAfter : backOff());
        if (first) {
            close(until, Double.POSITIVE_INFINITY, SLOW_START);
        } else if (news) {
            // if even the first call is refused, the reason isn't the rate
            boolean offline = turn.ahead == 0 || now().isBefore(phase.opens);
            if (offline) {
                close(later(until, phase.opens), phase.rate, SLOW_START);
            } else {
                close(later(until, phase.opens), decreased(turn.rate), Double.POSITIVE_INFINITY);
            }
        } else if (until.isAfter(phase.opens)) {
            close(until, phase.rate, phase.start);
        }
        refusals += news ? 1 : 0;
        return first;
    }

    private double decreased(double refused) {
        return refused
                * (refused < phase.rate && phase.start < Double.POSITIVE_INFINITY ? SLOW_START_DECREASE : DECREASE);
    }

    /** Notes that a refusal isn't certain: the call may have been charged. */
    synchronized void uncertain() {
        uncertain = true;
    }

    /** Whether a free call is to find out if the server takes calls, before one that pays. */
    synchronized boolean isUncertain() {
        return uncertain;
    }

    /**
     * Notes that a call was accepted.
     *
     * @param pays whether it is one that pays: if only those are refused, the others say nothing about them
     */
    synchronized void accepted(Turn turn, boolean pays) {
        if (pays) {
            uncertain = false;
        }
        if (phase == null) {
            return;
        }
        Instant now = now();
        lastAccepted = now;
        if (!uncertain) {
            refusals = 0;
        }
        if (turn.phase == phase && now.isBefore(phase.opens)) {
            // The call was forced through a closed gate and accepted: the server had asked for too long a wait.
            close(now, phase.rate, SLOW_START);
        }
    }

    private void close(Instant until, double rate, double start) {
        phase = new Phase(until, rate, start);
        next = until;
        letThrough = 0;
    }

    private Duration backOff() {
        long millis = Math.min(LONGEST_WAIT.toMillis(), FIRST_WAIT.toMillis() << Math.min(refusals, 16));
        return Duration.ofMillis((long) (millis * ThreadLocalRandom.current().nextDouble(0.8, 1.2)));
    }

    private static Duration interval(double rate) {
        return Duration.ofNanos((long) (NANOS / rate));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}
