package io.github.cameldewatermark.task;

import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** When to poll a video task the next time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class PollScheduleBenchmark {

    // not final, so that nothing is computed at compile time
    private PollSchedule schedule =
            new PollSchedule(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofHours(1));
    private Duration elapsed = Duration.ofSeconds(90);
    private Progress none = Progress.NONE;
    private Progress twoReports =
            Progress.NONE.with(Duration.ofSeconds(20), 0.1).with(Duration.ofSeconds(40), 0.2);
    private double reported = 0.45;
    private double random = 0.3;

    @Benchmark
    public Duration withoutProgress() {
        return schedule.next(elapsed, none, random);
    }

    @Benchmark
    public Duration withProgress() {
        return schedule.next(elapsed, twoReports, random);
    }

    @Benchmark
    public Duration reportAndNext() {
        return schedule.next(elapsed, twoReports.with(elapsed, reported), random);
    }
}
