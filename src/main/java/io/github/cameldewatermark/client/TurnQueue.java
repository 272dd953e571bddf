package io.github.cameldewatermark.client;

import java.util.TreeSet;

/**
 * Who is before whom: the older one, but looks at tasks take turns with all other calls. What runs and is paid for is
 * not left alone for hundreds that are still to begin, and they are not for thousands that run.
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

    /** It is its turn, whether it was in here or not. */
    void comes(Turn turn) {
        remove(turn);
        lookIsNext = !turn.isLook();
    }

    /** How many turns are before that of one that is in here. */
    int before(Turn turn) {
        int sameKind = kind(turn).headSet(turn).size();
        int otherKind = sameKind + (turn.isLook() == lookIsNext ? 0 : 1);
        return sameKind + Math.min(otherKind, (turn.isLook() ? others : looks).size());
    }

    private TreeSet<Turn> kind(Turn turn) {
        return turn.isLook() ? looks : others;
    }
}
