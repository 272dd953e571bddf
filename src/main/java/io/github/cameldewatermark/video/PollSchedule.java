package io.github.cameldewatermark.video;

import java.time.Duration;

/**
 * Decides when to look at a task the next time: a pure function of the elapsed time and of the progress that the task has
 * reported so far.
 *
 * <p>Without any progress, the wait is a tenth of the elapsed time. With progress, it is half of the time to the estimated
 * end, because each look improves the estimate, but never longer than the elapsed time, because the estimate can't be trusted
 * further than that. Past the estimated end, the wait is a tenth of the time since then.
 *
 * @param shortest the shortest wait
 * @param longest  the longest wait
 * @param timeout  the elapsed time at which to look for the last time
 */
public record PollSchedule(Duration shortest, Duration longest, Duration timeout) {

    private static final double FRACTION = 0.1;
    private static final double JITTER = 0.1;

    /** How much earlier than estimated the end may come, as a fraction of the elapsed time. */
    private static final double MARGIN = 0.02;

    /**
     * Returns how long to wait until the next look.
     *
     * @param elapsed how long the task has been waited for
     * @param seen    the progress that the task has reported
     * @param random  0 to 1: shortens the wait by up to a tenth, so that tasks which started together drift apart
     * @return        the wait; the last look is exactly at the timeout
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
