package io.github.cameldewatermark.video;

import java.time.Duration;

/**
 * When to look at a task the next time: a pure function of the time it has been waited for and of the progress it has
 * reported in that time.
 *
 * <p>As long as there is no progress to go by, a wait is a tenth of the elapsed time. From then on it is half of the way
 * to the estimated end, as each look makes the estimate better, but never longer than the task was watched already: that
 * is how far its progress can be trusted. Past the estimated end, waits grow again, by a tenth of how long it has passed.
 *
 * @param shortest the shortest wait
 * @param longest  the longest wait
 * @param timeout  when to look for the last time
 */
public record PollSchedule(Duration shortest, Duration longest, Duration timeout) {

    private static final double FRACTION = 0.1;
    private static final double JITTER = 0.1;

    /** The end may come that much earlier than estimated, as a fraction of the elapsed time. */
    private static final double MARGIN = 0.02;

    /**
     * @param elapsed how long the task has been waited for
     * @param seen    what it has reported
     * @param random  0 to 1: shortens the wait by up to a tenth, so that tasks which started together drift apart
     * @return        how long to wait for the next look; the last one is on the deadline
     */
    Duration next(Duration elapsed, Progress seen, double random) {
        double now = Progress.seconds(elapsed);
        double wait = seen.rises() ? onTheWayTo(seen.end(), now) : now * FRACTION;
        wait = Math.max(Progress.seconds(shortest), Math.min(wait, Progress.seconds(longest)));
        Duration jittered = Duration.ofNanos(Math.round(wait * (1 - JITTER * random) * 1e9));
        Duration left = timeout.minus(elapsed);
        return jittered.compareTo(left) > 0 ? left : jittered;
    }

    private static double onTheWayTo(double end, double now) {
        double left = end - now * (1 + MARGIN);
        return left > 0 ? Math.min(left / 2, now) : -left * FRACTION;
    }

    /** Whether there is no time left for another look. */
    public boolean isOver(Duration elapsed) {
        return elapsed.compareTo(timeout) >= 0;
    }
}
