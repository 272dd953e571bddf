package io.github.cameldewatermark.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TaskTimingTest {

    private static final long START = 1_000_000;

    private final TaskTiming byLength = new TaskTiming(null, 2);
    private final Task created = Task.created("task", TaskKind.VIDEO, "user", START - 500);

    @Test
    void progressGrowsLinearlyOverTheSimulatedTime() {
        Task task = created.submitted(START, 6.0, false, false);

        assertThat(byLength.progress(created, START)).isZero();
        assertThat(byLength.progress(task, START)).isZero();
        assertThat(byLength.progress(task, START + 750)).isCloseTo(0.25, within(1e-9));
        assertThat(byLength.progress(task, START + 1500)).isCloseTo(0.5, within(1e-9));
    }

    @Test
    void aTaskIsCompletedWhenBothTheTimeIsOverAndTheEngineIsDone() {
        Task waiting = created.submitted(START, 6.0, false, false);
        Task early = waiting.cleaned(START + 10, 6, true);
        Task late = waiting.cleaned(START + 5000, 6, true);

        assertThat(byLength.advance(waiting, START + 3000)).isSameAs(waiting);
        assertThat(byLength.progress(waiting, START + 9000)).isLessThan(1);
        assertThat(byLength.advance(early, START + 2999)).isSameAs(early);
        assertThat(byLength.advance(early, START + 9000)).isEqualTo(early.ended(TaskStatus.COMPLETED, START + 3000));
        assertThat(byLength.advance(late, START + 9000)).isEqualTo(late.ended(TaskStatus.COMPLETED, START + 5000));
    }

    @Test
    void aFixedTimeCountsHoweverLongTheClip() {
        TaskTiming fixed = new TaskTiming(Duration.ofSeconds(20), 2);

        assertThat(fixed.progress(created.submitted(START, 6.0, false, false), START + 5000))
                .isEqualTo(0.25);
        assertThat(fixed.progress(created.submitted(START, null, false, false), START + 5000))
                .isEqualTo(0.25);
    }

    @Test
    void aBrushMakesATaskTwiceAsFast() {
        Task task = created.submitted(START, 6.0, true, false);

        assertThat(byLength.progress(task, START + 750)).isCloseTo(0.5, within(1e-9));
        assertThat(byLength.advance(task.cleaned(START + 10, 6, true), START + 1500)
                        .status())
                .isEqualTo(TaskStatus.COMPLETED);
    }

    @Test
    void aTaskWhoseLengthIsUnknownHasNotBegunToMove() {
        assertThat(byLength.progress(created.submitted(START, null, false, false), START + 5000))
                .isZero();
    }

    @Test
    void aClipThatCannotBeProcessedFailsAtOnceAndADoomedTaskAtItsEnd() {
        Task broken = created.submitted(START, 6.0, false, false).broken(START + 10, "not a clip");
        Task doomed = created.submitted(START, 6.0, false, true);

        assertThat(byLength.advance(broken, START + 10)).isEqualTo(broken.ended(TaskStatus.FAILED, START + 10));
        assertThat(byLength.advance(doomed, START + 2999)).isSameAs(doomed);
        assertThat(byLength.advance(doomed, START + 3000)).isEqualTo(doomed.ended(TaskStatus.FAILED, START + 3000));
    }

    @Test
    void whatHasEndedStaysAsItIs() {
        Task completed = created.submitted(START, 6.0, false, false)
                .cleaned(START, 6, true)
                .ended(TaskStatus.COMPLETED, START + 3000);

        assertThat(byLength.advance(completed, START + 9000)).isSameAs(completed);
        assertThat(byLength.progress(completed, START + 9000)).isEqualTo(1);
    }
}
