package io.github.cameldewatermark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration TIMEOUT = Duration.ofHours(1);
    private static final PollSchedule SCHEDULE = new PollSchedule(SHORTEST, LONGEST, TIMEOUT);

    @ParameterizedTest
    @CsvSource({
        // elapsed, wait
        "0,    2",
        "10,   2",
        "20,   2",
        "50,   5",
        "200,  20",
        "300,  30",
        "3000, 30",
        "3570, 30",
        "3580, 20",
        "3599, 1",
    })
    void withoutProgressAWaitIsATenthOfTheElapsedTimeWithinTheBoundsAndTheDeadline(long elapsed, long wait) {
        assertThat(SCHEDULE.next(Duration.ofSeconds(elapsed), Progress.NONE, 0)).isEqualTo(Duration.ofSeconds(wait));
    }

    @ParameterizedTest
    @CsvSource({
        // elapsed, estimated end, wait in ms
        "2,    1000, 2000", // not longer than it was watched
        "8,    1000, 8000",
        "20,   1000, 20000",
        "100,  1000, 30000",
        "960,  1000, 10400", // half of the way, less a margin of 2 % of the elapsed time
        "972,  1000, 4280",
        "980,  1000, 2000",
        "1000, 1000, 2000",
        "1020, 1000, 4040", // past it: a tenth of how long it has passed
        "1100, 1000, 12200",
        "1500, 1000, 30000",
        "3590, 9999, 10000",
    })
    void withProgressAWaitGoesByTheEstimatedEnd(long elapsed, long end, long wait) {
        assertThat(SCHEDULE.next(Duration.ofSeconds(elapsed), endingAt(end), 0)).isEqualTo(Duration.ofMillis(wait));
    }

    @Test
    void jitterShortensAWaitByAtMostATenth() {
        Duration elapsed = Duration.ofSeconds(200);

        assertThat(SCHEDULE.next(elapsed, Progress.NONE, 1)).isEqualTo(Duration.ofSeconds(18));
        assertThat(SCHEDULE.next(elapsed, Progress.NONE, 0.5)).isEqualTo(Duration.ofSeconds(19));
    }

    @RepeatedTest(100)
    void whateverIsReportedAWaitIsWithinTheBoundsAndTheLastLookIsOnTheDeadline(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        Progress seen = Progress.NONE;
        Duration elapsed = Duration.ZERO;
        while (!SCHEDULE.isOver(elapsed)) {
            Duration wait = SCHEDULE.next(elapsed, seen, random.nextDouble());
            boolean last = elapsed.plus(wait).equals(TIMEOUT);
            assertThat(wait).isPositive().isLessThanOrEqualTo(LONGEST);
            assertThat(last || wait.compareTo(SHORTEST.multipliedBy(9).dividedBy(10)) >= 0)
                    .as("%s after %s is at least the shortest wait less a tenth of jitter", wait, elapsed)
                    .isTrue();
            elapsed = elapsed.plus(wait);
            seen = seen.with(elapsed, anything(random, seen.level()));
        }

        assertThat(elapsed).isEqualTo(TIMEOUT);
    }

    @RepeatedTest(20)
    void equalBoundsMakeAFixedIntervalWhateverIsReported(RepetitionInfo repetition) {
        PollSchedule fixed = new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(5), TIMEOUT);
        Random random = new Random(repetition.getCurrentRepetition());
        Progress seen = Progress.NONE;
        for (int second = 0; second < 3595; second += 5) {
            Duration elapsed = Duration.ofSeconds(second);
            assertThat(fixed.next(elapsed, seen, 0)).isEqualTo(Duration.ofSeconds(5));
            seen = seen.with(elapsed, anything(random, seen.level()));
        }
    }

    @Test
    void boundsMayBeAsLongAsTheyLike() {
        Duration forEver = Duration.ofMillis(Long.MAX_VALUE);

        assertThat(new PollSchedule(SHORTEST, forEver, forEver).next(Duration.ofHours(100), Progress.NONE, 0))
                .isEqualTo(Duration.ofHours(10));
    }

    @Test
    void itIsOverFromTheDeadlineOn() {
        assertThat(SCHEDULE.isOver(TIMEOUT.minusNanos(1))).isFalse();
        assertThat(SCHEDULE.isOver(TIMEOUT)).isTrue();
        assertThat(new PollSchedule(Duration.ZERO, Duration.ZERO, Duration.ZERO).isOver(Duration.ZERO))
                .isTrue();
    }

    private static Progress endingAt(long seconds) {
        return Progress.NONE.with(Duration.ZERO, 0.5).with(Duration.ofSeconds(seconds), 1);
    }

    /** What no sensible server would report: goes on, falls back, stands still, jumps to either end, says nothing. */
    private static double anything(Random random, double level) {
        return switch (random.nextInt(6)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> level;
            case 3 -> level * random.nextDouble();
            case 4 -> Double.MIN_VALUE;
            default -> level + (1 - level) * random.nextDouble();
        };
    }
}
