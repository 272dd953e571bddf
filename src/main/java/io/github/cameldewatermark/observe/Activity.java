package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.task.TasksInFlight;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.util.TimeUtils;

/**
 * What a component is doing and has done, for monitoring.
 *
 * @param tasks     the tasks that are being waited for
 * @param calls     the numbers of calls, by kind and outcome
 * @param charges   the credits charged
 * @param exchanges how exchanges ended
 */
public record Activity(TasksInFlight tasks, CallStatistics calls, Charges charges, ExchangeStatistics exchanges) {

    public Activity() {
        this(new TasksInFlight(), new CallStatistics(), new Charges(), new ExchangeStatistics());
    }

    /** Describes tasks, each in a line. */
    public static List<String> lines(Stream<TasksInFlight.Snapshot> tasks) {
        Instant now = Instant.now();
        return tasks.map(task -> "%s (name: %s progress: %d%% age: %s next poll: %s)"
                        .formatted(
                                task.taskId(),
                                task.name(),
                                (int) (100 * task.progress()),
                                TimeUtils.printDuration(task.age(now), true),
                                TimeUtils.printDuration(task.untilNextPoll(now), true)))
                .toList();
    }
}
