package io.github.cameldewatermark.video;

import java.time.Duration;

/**
 * The progress that a task has reported, as a straight line fitted through all reports, of which newer ones weigh more. A
 * single report may be wrong by a tenth, which is minutes for a long task; the line is much more accurate, and still follows
 * a task that stalls. Mean, variance and covariance are updated with each report, so no report is kept. Times are in seconds.
 */
record Progress(int reports, double last, double time, double level, double variance, double covariance) {

    static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);

    /**
     * Adds a report, unless it says nothing new: of consecutive equal reports only the first counts, and a later 0 means that
     * the server didn't report any progress.
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

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
