package io.github.cameldewatermark.video;

import java.time.Duration;

/**
 * What was reported of a task so far: a straight line through all reports, the newest counting most. A single report may
 * be wrong by a tenth, which is minutes of a long task; the line is much better, and it follows a task that stalls. Its
 * mean, variance and covariance are updated with each report, so no report is kept. Times are in seconds.
 */
record Progress(int reports, double last, double time, double level, double variance, double covariance) {

    static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0);

    /**
     * Adds a report, unless it says nothing new: of a step only its beginning counts, and a 0 that isn't the first report
     * means that there is none.
     *
     * @param elapsed  when it was reported
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

    /** Whether it goes up. If not, there is no {@link #end()} to it. */
    boolean rises() {
        return covariance > 0;
    }

    /** When the line reaches 1. */
    double end() {
        return time + (1 - level) * variance / covariance;
    }

    static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNano() / 1e9;
    }
}
