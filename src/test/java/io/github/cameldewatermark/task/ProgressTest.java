package io.github.cameldewatermark.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProgressTest {

    @Test
    void twoReportsMakeALine() {
        assertThat(progress(10, 0.1, 20, 0.2).end()).isCloseTo(100, within(1e-9));
    }

    @Test
    void theLineMayBeginAnywhere() {
        assertThat(progress(0, 0.5, 10, 0.6, 20, 0.7).end()).isCloseTo(50, within(1e-9));
    }

    @Test
    void oneReportIsNoLine() {
        assertThat(Progress.NONE.rises()).isFalse();
        assertThat(progress(10, 0.1).rises()).isFalse();
    }

    @Test
    void progressThatStandsStillOrGoesDownHasNoEnd() {
        assertThat(progress(10, 0.3, 20, 0.3, 30, 0.3).rises()).isFalse();
        assertThat(progress(10, 0.3, 20, 0.2, 30, 0.1).rises()).isFalse();
        assertThat(progress(10, 1, 20, 1).rises()).isFalse();
    }

    @Test
    void zeroIsWhereItBegins() {
        assertThat(progress(0, 0, 20, 0.2).end()).isCloseTo(100, within(1e-9));
    }

    @Test
    void zeroLaterOnSaysNothing() {
        assertThat(progress(0, 0, 2, 0, 10, 0.1, 15, 0, 20, 0.2, 30, 0)).isEqualTo(progress(0, 0, 10, 0.1, 20, 0.2));
    }

    @Test
    void ofAStepOnlyItsBeginningCounts() {
        assertThat(progress(10, 0.1, 15, 0.1, 19, 0.1, 20, 0.2, 25, 0.2)).isEqualTo(progress(10, 0.1, 20, 0.2));
    }

    @Test
    void aReportThatIsWrongByATenthMovesTheEndByLess() {
        Progress exact = progress(10, 0.1, 20, 0.2, 30, 0.3, 40, 0.4, 50, 0.5, 60, 0.6, 70, 0.7);

        assertThat(exact.with(Duration.ofSeconds(80), 0.72).end())
                .as("by itself it would say 111")
                .isBetween(106.0, 108.0);
    }

    @Test
    void itIsTheLineOfLeastSquaresWhereTheNthReportCountsNTimes() {
        Random random = new Random(1);
        for (int task = 0; task < 100; task++) {
            double[] reports = new double[2 * (2 + random.nextInt(50))];
            for (int i = 0; i < reports.length; i += 2) {
                reports[i] = (i == 0 ? 0 : reports[i - 2]) + 1 + random.nextInt(30);
                reports[i + 1] = Math.min(1, reports[i] / 1500 * (0.9 + 0.2 * random.nextDouble()));
            }
            Progress progress = progress(reports);
            if (progress.rises()) {
                double expected = endOfTheLineOfLeastSquares(reports);
                assertThat(progress.end()).isCloseTo(expected, withinPercentage(1e-6));
            }
        }
    }

    /** From all reports at once. */
    private static double endOfTheLineOfLeastSquares(double... reports) {
        double weights = 0;
        double time = 0;
        double level = 0;
        for (int i = 0; i < reports.length; i += 2) {
            double weight = i / 2 + 1;
            weights += weight;
            time += weight * reports[i];
            level += weight * reports[i + 1];
        }
        time /= weights;
        level /= weights;
        double variance = 0;
        double covariance = 0;
        for (int i = 0; i < reports.length; i += 2) {
            double weight = i / 2 + 1;
            variance += weight * (reports[i] - time) * (reports[i] - time);
            covariance += weight * (reports[i] - time) * (reports[i + 1] - level);
        }
        return time + (1 - level) * variance / covariance;
    }

    @Test
    void theEndStaysWhereItWasReachedHoweverLongItIsReported() {
        assertThat(progress(10, 0.5, 20, 1, 30, 1, 600, 1).end()).isCloseTo(20, within(1e-9));
    }

    /** Seconds and progress, by turns. */
    private static Progress progress(double... reports) {
        Progress progress = Progress.NONE;
        for (int i = 0; i < reports.length; i += 2) {
            progress = progress.with(Duration.ofMillis(Math.round(reports[i] * 1000)), reports[i + 1]);
        }
        return progress;
    }
}
