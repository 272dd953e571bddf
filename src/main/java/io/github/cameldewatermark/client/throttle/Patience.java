package io.github.cameldewatermark.client.throttle;

import java.time.Duration;
import java.time.Instant;

/**
 * Limits how long one call waits while the server refuses calls. Queueing doesn't count: as long as the server accepts other
 * calls, the time of a call that waits for its turn doesn't run. Once the call itself was refused, it does. See
 * {@code src/main/docs/decisions/rate.md}.
 */
final class Patience {

    private final RateGate gate;
    private final Duration most;
    private Instant since;
    private boolean refused;

    /** @param most the longest wait; zero to never wait, not even for a turn */
    Patience(RateGate gate, Duration most) {
        this.gate = gate;
        this.most = most;
    }

    void refused() {
        startClock();
        refused = true;
    }

    /** Whether the gate stays closed for longer than the call may wait. */
    boolean isOver() {
        return most.isZero() || gate.closedFor().compareTo(remaining()) > 0;
    }

    /**
     * Returns how long to wait for a turn; zero if the call may be made now. If the limit ends before the gate opens, the wait
     * ends with the limit, and the call is made anyway: a refusal costs nothing.
     */
    Duration waitFor(RateGate.Turn turn) {
        if (most.isZero()) {
            gate.force(turn);
            return Duration.ZERO;
        }
        Duration wait = gate.ask(turn);
        if (wait.isZero()) {
            return wait;
        }
        startClock();
        if (!isOver()) {
            return wait;
        }
        Duration remaining = remaining();
        if (remaining.isZero()) {
            gate.force(turn);
        }
        return remaining;
    }

    private Duration remaining() {
        Duration remaining = most.minus(Duration.between(since, gate.now()));
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    private void startClock() {
        Instant accepted = gate.lastAccepted();
        if (since == null) {
            since = gate.now();
        } else if (!refused && accepted.isAfter(since)) {
            since = accepted;
        }
    }
}
