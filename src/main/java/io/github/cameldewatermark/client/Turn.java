package io.github.cameldewatermark.client;

/** A call's place in the queue at a {@link RateGate}, and how it got through. Belongs to the gate. */
final class Turn implements Comparable<Turn> {

    private final boolean look;
    private final long number;
    private Pace pace;
    private int ahead;
    private double rate;

    /**
     * @param look   whether it looks at a task, and does not begin something
     * @param number older calls have smaller ones
     */
    Turn(boolean look, long number) {
        this.look = look;
        this.number = number;
    }

    boolean isLook() {
        return look;
    }

    /** It goes now: after so many others at this pace, at so many a second. */
    void comes(Pace at, int others, double perSecond) {
        pace = at;
        ahead = others;
        rate = perSecond;
    }

    /** At which it was let through, {@code null} if there was none. */
    Pace pace() {
        return pace;
    }

    /** How many were let through at this pace before. */
    int ahead() {
        return ahead;
    }

    double rate() {
        return rate;
    }

    @Override
    public int compareTo(Turn other) {
        return Long.compare(number, other.number);
    }
}
