package io.github.cameldewatermark.client;

import java.util.TreeSet;

/**
 * The order of waiting calls: older calls first, but looks at tasks alternate with all other calls. So neither do running,
 * paid tasks wait for hundreds of calls that begin something new, nor the latter for looks at thousands of running tasks.
 */
final class TurnQueue {

    private final TreeSet<Turn> looks = new TreeSet<>();
    private final TreeSet<Turn> others = new TreeSet<>();
    private boolean lookIsNext = true;

    void add(Turn turn) {
        kind(turn).add(turn);
    }

    void remove(Turn turn) {
        kind(turn).remove(turn);
    }

    void clear() {
        looks.clear();
        others.clear();
    }

    /** Notes that a call is let through, whether it was queued or not. */
    void comes(Turn turn) {
        remove(turn);
        lookIsNext = !turn.isLook();
    }

    /** Returns how many turns are before the given one, which must be queued. */
    int before(Turn turn) {
        int sameKind = kind(turn).headSet(turn).size();
        int otherKind = sameKind + (turn.isLook() == lookIsNext ? 0 : 1);
        return sameKind + Math.min(otherKind, (turn.isLook() ? others : looks).size());
    }

    private TreeSet<Turn> kind(Turn turn) {
        return turn.isLook() ? looks : others;
    }
}
