package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {

    private static final PollSchedule SCHEDULE =
            new PollSchedule(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofHours(1));

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
    void aWaitIsATenthOfTheElapsedTimeWithinTheBoundsAndTheDeadline(long elapsed, long wait) {
        assertThat(SCHEDULE.next(Duration.ofSeconds(elapsed), 0)).isEqualTo(Duration.ofSeconds(wait));
    }

    @Test
    void jitterShortensAWaitByAtMostATenth() {
        Duration elapsed = Duration.ofSeconds(200);

        assertThat(SCHEDULE.next(elapsed, 1)).isEqualTo(Duration.ofSeconds(18));
        assertThat(SCHEDULE.next(elapsed, 0.5)).isEqualTo(Duration.ofSeconds(19));
    }

    @Test
    void theLastLookIsOnTheDeadline() {
        Random random = new Random(1);
        Duration elapsed = Duration.ZERO;
        int looks = 0;
        while (!SCHEDULE.isOver(elapsed)) {
            Duration wait = SCHEDULE.next(elapsed, random.nextDouble());
            assertThat(wait).isPositive();
            elapsed = elapsed.plus(wait);
            looks++;
        }

        assertThat(elapsed).isEqualTo(Duration.ofHours(1));
        assertThat(looks).as("a fixed interval of 5 s would be 720").isBetween(120, 200);
    }

    @Test
    void theEndIsNoticedWithinATenthOfTheTimeItTook() {
        Duration elapsed = Duration.ofSeconds(20);
        while (elapsed.compareTo(Duration.ofMinutes(5)) < 0) {
            Duration wait = SCHEDULE.next(elapsed, 0);
            assertThat(wait).isLessThanOrEqualTo(elapsed.dividedBy(10));
            elapsed = elapsed.plus(wait);
        }
    }

    @Test
    void itIsOverFromTheDeadlineOn() {
        assertThat(SCHEDULE.isOver(Duration.ofHours(1).minusNanos(1))).isFalse();
        assertThat(SCHEDULE.isOver(Duration.ofHours(1))).isTrue();
        assertThat(new PollSchedule(Duration.ZERO, Duration.ZERO, Duration.ZERO).isOver(Duration.ZERO))
                .isTrue();
    }
}
