package io.github.cameldewatermark.video;

import java.time.Duration;

/**
 * When to look at a task the next time: a pure function. A task that has run for long is looked at less often, but never
 * later than after about a tenth of the time it has run.
 *
 * @param shortest the shortest wait
 * @param longest  the longest wait
 * @param timeout  when to look for the last time
 */
public record PollSchedule(Duration shortest, Duration longest, Duration timeout) {

    private static final int FRACTION = 10;
    private static final double JITTER = 0.1;

    /**
     * @param elapsed how long the task has been waited for
     * @param random  0 to 1: shortens the wait a little, so that tasks which started together drift apart
     * @return        how long to wait for the next look; the last one is on the deadline
     */
    public Duration next(Duration elapsed, double random) {
        Duration wait = elapsed.dividedBy(FRACTION);
        wait = wait.compareTo(shortest) < 0 ? shortest : wait;
        wait = wait.compareTo(longest) > 0 ? longest : wait;
        wait = wait.minusNanos((long) (wait.toNanos() * JITTER * random));
        Duration left = timeout.minus(elapsed);
        return wait.compareTo(left) > 0 ? left : wait;
    }

    /** Whether there is no time left for another look. */
    public boolean isOver(Duration elapsed) {
        return elapsed.compareTo(timeout) >= 0;
    }
}
