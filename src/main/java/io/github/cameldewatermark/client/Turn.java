package io.github.cameldewatermark.client;

/** The place of a call in the queue of a {@link RateGate}, and how the call was let through. Only the gate changes it. */
final class Turn implements Comparable<Turn> {

    private final boolean look;
    private final long number;
    private Pace pace;
    private int ahead;
    private double rate;

    /**
     * @param look   whether the call looks at a task rather than beginning something
     * @param number the order of the calls: older calls have smaller numbers
     */
    Turn(boolean look, long number) {
        this.look = look;
        this.number = number;
    }

    boolean isLook() {
        return look;
    }

    /** Notes that the call is let through now: at this pace, after this number of other calls, at this rate. */
    void comes(Pace at, int others, double perSecond) {
        pace = at;
        ahead = others;
        rate = perSecond;
    }

    /** Returns the pace at which the call was let through, or {@code null} if the gate was open for all. */
    Pace pace() {
        return pace;
    }

    /** Returns how many calls were let through at this pace before. */
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
