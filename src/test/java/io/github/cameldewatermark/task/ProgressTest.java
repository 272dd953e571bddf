package io.github.cameldewatermark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void twoReportsMakeALine() {
        assertThat(progress(0, 10, 0.1).end()).isCloseTo(100, within(1e-9));
    }

    @Test
    void theLineMayBeginAnywhere() {
        assertThat(progress(0.5, 10, 0.6, 20, 0.7).end()).isCloseTo(50, within(1e-9));
    }

    @Test
    void oneReportIsNoLine() {
        assertThat(progress(0).rises()).isFalse();
        assertThat(progress(0.1).rises()).isFalse();
    }

    @Test
    void progressThatStandsStillOrGoesDownHasNoEnd() {
        assertThat(progress(0.3, 20, 0.3, 30, 0.3).rises()).isFalse();
        assertThat(progress(0.3, 20, 0.2, 30, 0.1).rises()).isFalse();
        assertThat(progress(1, 20, 1).rises()).isFalse();
    }

    @Test
    void zeroLaterOnSaysNothing() {
        assertThat(progress(0, 2, 0, 10, 0.1, 15, 0, 20, 0.2, 30, 0)).isEqualTo(progress(0, 10, 0.1, 20, 0.2));
    }

    @Test
    void ofAStepOnlyItsBeginningCounts() {
        assertThat(progress(0, 10, 0.1, 15, 0.1, 20, 0.2, 25, 0.2)).isEqualTo(progress(0, 10, 0.1, 20, 0.2));
    }

    @Test
    void whatFallsBackSaysNothing() {
        assertThat(progress(0, 10, 0.2, 15, 0.1, 20, 0.15)).isEqualTo(progress(0, 10, 0.2));
    }

    @Test
    void theEndStaysWhereItWasReachedHoweverLongItIsReported() {
        assertThat(progress(0, 10, 0.5, 20, 1, 30, 1, 600, 1).end()).isCloseTo(20, within(1e-9));
    }

    /** What was reported first, and then seconds and progress, by turns. */
    private static Progress progress(double first, double... reports) {
        Progress progress = Progress.from(first);
        for (int i = 0; i < reports.length; i += 2) {
            progress = progress.with(Duration.ofMillis(Math.round(reports[i] * 1000)), reports[i + 1]);
        }
        return progress;
    }
}
