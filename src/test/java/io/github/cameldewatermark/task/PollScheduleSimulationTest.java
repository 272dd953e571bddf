package io.github.cameldewatermark.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.published.ReferenceTable;
import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What the schedule is worth, on thousands of simulated tasks of 2 s to 30 min (log-uniform: as many from 1 to 2 min as
 * from 10 to 20). An answer takes no time. The delay of a task is the time from its end to the look that sees it.
 */
class PollScheduleSimulationTest {

    private static final long SEED = 1;
    private static final int TASKS = 5000;
    private static final double SHORTEST_TASK = 2;
    private static final double LONGEST_TASK = 1800;

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(30);
    private static final PollSchedule ADAPTIVE =
            new PollSchedule(POLL_INTERVAL, MAX_POLL_INTERVAL, Duration.ofHours(1));

    /** As in the vendor's code samples. */
    private static final PollSchedule FIXED =
            new PollSchedule(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofHours(1));

    /**
     * What happened to a task.
     *
     * @param calls    how often it was looked at
     * @param delay    seconds from its end to the last look
     * @param lastSeen when it was last seen running
     */
    private record Run(int calls, double delay, double lastSeen) {}

    @ParameterizedTest
    @CsvSource({
        // progress, calls as a fraction of those of the fixed interval
        "LINEAR, 0.35",
        "STALLED, 0.35",
        "RISING, 0.4",
        "STALLED_RISING, 0.4",
        "EXACT, 0.4",
        "GAPS, 0.4",
        "STEPS, 0.45",
    })
    void withProgressFewerCallsNoticeTheEndSooner(SimulatedProgress kind, double fraction) {
        List<Run> runs = run(ADAPTIVE, kind);

        assertThat(mean(runs, Run::calls) / mean(run(FIXED, kind), Run::calls)).isLessThanOrEqualTo(fraction);
        assertThat(mean(runs, Run::delay)).isLessThanOrEqualTo(2.5);
        assertThat(percentile(95, runs, Run::delay)).isLessThanOrEqualTo(6);
    }

    @Test
    void withoutProgressItIsAtMostThreeFifthsOfTheCalls() {
        List<Run> runs = run(ADAPTIVE, SimulatedProgress.NONE);

        assertThat(mean(runs, Run::calls) / mean(run(FIXED, SimulatedProgress.NONE), Run::calls))
                .isLessThanOrEqualTo(0.6);
    }

    /** Of the time that had elapsed when the task was last seen running: the strictest meaning. */
    @Test
    void withoutProgressTheDelayIsAtMostATenthOfTheElapsedTime() {
        assertThat(run(ADAPTIVE, SimulatedProgress.NONE)).allSatisfy(run -> assertThat(run.delay())
                .isLessThanOrEqualTo(Math.max(PollSchedule.seconds(POLL_INTERVAL), run.lastSeen() / 10))
                .isLessThanOrEqualTo(PollSchedule.seconds(MAX_POLL_INTERVAL)));
    }

    @ParameterizedTest
    @EnumSource
    void howeverMisleadingTheProgressIsItCostsNoMoreThanAFixedInterval(SimulatedProgress kind) {
        List<Run> runs = run(ADAPTIVE, kind);

        assertThat(mean(runs, Run::calls)).isLessThan(mean(run(FIXED, kind), Run::calls));
        assertThat(runs).allSatisfy(run -> assertThat(run.delay()).isBetween(0.0, 30.0));
    }

    @Test
    void theDecisionHasTheFigures() throws IOException {
        StringBuilder table =
                new StringBuilder("| progress | calls, mean | p95 | max | delay in s, mean | p95 | max |\n"
                        + "|---|---:|---:|---:|---:|---:|---:|\n");
        table.append(row("any; a fixed interval of 5 s", run(FIXED, SimulatedProgress.NONE)));
        for (SimulatedProgress kind : SimulatedProgress.values()) {
            table.append(row(kind.toString(), run(ADAPTIVE, kind)));
        }
        ReferenceTable.assertHas("decisions/polling.md", "poll-schedule", table.toString());
    }

    private static String row(String name, List<Run> runs) {
        return String.format(
                Locale.ROOT,
                "| %s | %.1f | %.0f | %.0f | %.1f | %.1f | %.1f |\n",
                name,
                mean(runs, Run::calls),
                percentile(95, runs, Run::calls),
                percentile(100, runs, Run::calls),
                mean(runs, Run::delay),
                percentile(95, runs, Run::delay),
                percentile(100, runs, Run::delay));
    }

    private static List<Run> run(PollSchedule schedule, SimulatedProgress kind) {
        List<Run> runs = new ArrayList<>();
        Random seeds = new Random(SEED); // the same tasks for all schedules and kinds of progress
        for (int task = 0; task < TASKS; task++) {
            double duration = SHORTEST_TASK * StrictMath.pow(LONGEST_TASK / SHORTEST_TASK, (task + 0.5) / TASKS);
            Random random = new Random(seeds.nextLong());
            runs.add(run(schedule, duration, kind.of(duration, random), random));
        }
        return runs;
    }

    private static Run run(PollSchedule schedule, double duration, SimulatedProgress.Reports reports, Random jitter) {
        boolean fixed = schedule.shortest().equals(schedule.longest());
        Progress seen = Progress.NONE.with(Duration.ZERO, reports.at(0));
        Duration elapsed = Duration.ZERO;
        for (int calls = 1; true; calls++) {
            Duration before = elapsed;
            elapsed = elapsed.plus(schedule.next(elapsed, seen, fixed ? 0 : jitter.nextDouble()));
            double now = PollSchedule.seconds(elapsed);
            if (now >= duration) {
                return new Run(calls, now - duration, PollSchedule.seconds(before));
            }
            seen = seen.with(elapsed, reports.at(now));
        }
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Run> value) {
        return runs.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double percentile(int percent, List<Run> runs, ToDoubleFunction<Run> value) {
        double[] sorted = runs.stream().mapToDouble(value).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }
}
