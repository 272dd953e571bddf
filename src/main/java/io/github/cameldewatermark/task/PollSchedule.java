package io.github.cameldewatermark.task;

import java.time.Duration;

/**
 * Decides when to poll a task the next time: a pure function of the elapsed time and of the progress that the task has
 * reported so far.
 *
 * <p>Without any progress, the wait is a tenth of the elapsed time. With progress, it is half of the time to the estimated
 * end, because each poll improves the estimate, but never longer than the elapsed time, because the estimate can't be trusted
 * further than that. Past the estimated end, the wait is a tenth of the time since then.
 *
 * @param shortest the shortest wait
 * @param longest  the longest wait
 * @param timeout  the elapsed time at which to poll for the last time
 */
public record PollSchedule(Duration shortest, Duration longest, Duration timeout) {

    private static final double FRACTION = 0.1;
    private static final double JITTER = 0.1;

    /** How much earlier than estimated the end may come, as a fraction of the elapsed time. */
    private static final double MARGIN = 0.02;

    /**
     * Returns how long to wait until the next poll.
     *
     * @param elapsed how long the task has been waited for
     * @param random  0 to 1: shortens the wait by up to a tenth, so that tasks which started together drift apart
     * @return        the wait; the last poll is exactly at the timeout
     */
    Duration next(Duration elapsed, Progress progress, double random) {
        double now = seconds(elapsed);
        double wait = progress.rises() ? onTheWayTo(progress.end(), now) : now * FRACTION;
        wait = Math.max(seconds(shortest), Math.min(wait, seconds(longest)));
        Duration jittered = Duration.ofNanos(Math.round(wait * (1 - JITTER * random) * 1e9));
        Duration left = timeout.minus(elapsed);
        return jittered.compareTo(left) > 0 ? left : jittered;
    }

    private static double onTheWayTo(double end, double now) {
        double left = end - now * (1 + MARGIN);
        return left > 0 ? Math.min(left / 2, now) : -left * FRACTION;
    }

    /** Whether there is no time left for another poll. */
    boolean isOver(Duration elapsed) {
        return elapsed.compareTo(timeout) >= 0;
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }

    /**
     * The progress that a task has reported, as a straight line fitted through all reports, of which newer ones weigh more. A
     * single report may be wrong by a tenth, which is minutes for a long task; the line is much more accurate, and still
     * follows a task that stalls. Mean, variance and covariance are updated with each report, so no report is kept. Times are
     * in seconds.
     */
    record Progress(int reports, double last, double time, double level, double variance, double covariance) {

        static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);

        /**
         * Adds a report, unless it says nothing new: of consecutive equal reports only the first counts, and a later 0 means
         * that the server didn't report any progress.
         *
         * @param elapsed  how long the task had been waited for when it reported this
         * @param progress 0 to 1
         */
        Progress with(Duration elapsed, double progress) {
            if (reports > 0 && (progress == 0 || progress == last)) {
                return this;
            }
            int count = reports + 1;
            double weight = 2.0 / (count + 1); // the n-th report counts n times as much as the first
            double later = seconds(elapsed) - time;
            double more = progress - level;
            return new Progress(
                    count,
                    progress,
                    time + weight * later,
                    level + weight * more,
                    (1 - weight) * (variance + weight * later * later),
                    (1 - weight) * (covariance + weight * later * more));
        }

        /** Whether the line rises. Otherwise there is no {@link #end()}. */
        boolean rises() {
            return covariance > 0;
        }

        /** Returns the time in seconds at which the line reaches 1. */
        double end() {
            return time + (1 - level) * variance / covariance;
        }
    }
}
