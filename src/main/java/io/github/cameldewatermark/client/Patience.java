package io.github.cameldewatermark.client;

import java.time.Duration;
import java.time.Instant;

/**
 * How long one call puts up with a server that refuses. A queue is no refusal: while the server accepts calls of others,
 * a call that waits for its turn loses no patience. One that was refused itself does.
 */
final class Patience {

    private final RateGate gate;
    private final Duration most;
    private Instant since;
    private boolean refused;

    /** @param most zero: never waits, not even for its turn */
    Patience(RateGate gate, Duration most) {
        this.gate = gate;
        this.most = most;
    }

    /** The call was refused. */
    void refused() {
        begin();
        refused = true;
    }

    /** Whether the server wants to be left alone for longer than this lasts. */
    boolean isOver() {
        return most.isZero() || gate.closedFor().compareTo(left()) > 0;
    }

    /**
     * How long to wait for a turn; zero if the call may be made now. When patience ends before the gate opens, only
     * until then: whoever has waited for as long as it may asks anyway, being refused costs nothing.
     */
    Duration ask(Turn turn) {
        if (!most.isZero()) {
            Duration wait = gate.ask(turn);
            if (wait.isZero()) {
                return wait;
            }
            begin();
            Duration left = left();
            if (!isOver() || !left.isZero()) {
                return isOver() ? left : wait;
            }
        }
        gate.force(turn);
        return Duration.ZERO;
    }

    private Duration left() {
        Duration left = most.minus(Duration.between(since, gate.now()));
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void begin() {
        Instant accepted = gate.lastAccepted();
        if (since == null) {
            since = gate.now();
        } else if (!refused && accepted.isAfter(since)) {
            since = accepted;
        }
    }
}
