package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.task.PollSchedule.Progress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of submitted tasks. Between two polls, a task is an entry in a timer, not a thread. A failed poll doesn't
 * end the wait, because it says nothing about the task, which is running and paid for.
 */
public final class TaskPoller {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPoller.class);

    /** For how long answers may make no sense, as those of a gateway don't while the platform is down. */
    private static final Duration SENSELESS = Duration.ofMinutes(1);

    /** A refused key or an unknown task. All other failures may be transient. */
    private static final Set<Integer> FINAL = Set.of(401, 403, 404, 410);

    private final TaskClient client;
    private final CallDispatcher calls;
    private final Delays delays;
    private final PollSchedule schedule;
    private final TasksInFlight tasks;
    private final Clock clock;
    private final TaskFailures failures;

    public TaskPoller(
            TaskClient client,
            CallDispatcher calls,
            Delays delays,
            PollSchedule schedule,
            TasksInFlight tasks,
            Clock clock) {
        this.client = client;
        this.calls = calls;
        this.delays = delays;
        this.schedule = schedule;
        this.tasks = tasks;
        this.clock = clock;
        this.failures = new TaskFailures(client.kind());
    }

    /**
     * Waits until a task is {@code COMPLETED}. If the wait ends in any other way, the future fails with a
     * {@link DewatermarkTaskException}.
     *
     * @param name      what the task cleans, such as a file name
     * @param submitted whether it is certain that the task is submitted, and so paid
     */
    public CompletableFuture<Task> completion(Task task, String name, boolean submitted) {
        TasksInFlight.Entry entry = tasks.begin(task.taskId(), name, submitted, clock.instant());
        return CompletableFuture.completedFuture(task)
                .thenCompose(begun -> saw(entry, Progress.NONE, begun))
                .whenComplete((completed, error) -> entry.end());
    }

    private CompletableFuture<Task> saw(TasksInFlight.Entry entry, Progress before, Task task) {
        Instant now = clock.instant();
        entry.seen(task, now);
        entry.senselessSince(null);
        Progress progress = before.with(Duration.between(entry.since(), now), task.progress());
        return switch (task.status()) {
            case COMPLETED -> CompletableFuture.completedFuture(task);
            case FAILED -> CompletableFuture.failedFuture(failures.refunded(entry.taskId()));
            case CREATED, PROCESSING -> waitForNextPoll(entry, progress, null);
        };
    }

    private CompletableFuture<Task> waitForNextPoll(
            TasksInFlight.Entry entry, Progress progress, DewatermarkException lastProblem) {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(entry.since(), now);
        if (schedule.isOver(elapsed)) {
            return CompletableFuture.failedFuture(
                    failures.timedOut(entry.taskId(), entry.isSubmitted(), elapsed, lastProblem));
        }
        Duration wait =
                schedule.next(elapsed, progress, ThreadLocalRandom.current().nextDouble());
        entry.nextPoll(now.plus(wait));
        return delays.after(wait)
                .exceptionallyCompose(stopped -> CompletableFuture.failedFuture(
                        failures.stopped(entry.taskId(), entry.isSubmitted(), Failures.cause(stopped))))
                .thenCompose(waited -> poll(entry, progress));
    }

    private CompletableFuture<Task> poll(TasksInFlight.Entry entry, Progress progress) {
        String taskId = entry.taskId();
        return calls.call(client.kind().call(Step.STATUS), () -> client.status(taskId))
                .handle((task, error) -> {
                    if (error != null) {
                        return missed(entry, progress, Failures.cause(error));
                    }
                    LOG.debug(
                            "Dewatermark {} {}: {}, progress {}",
                            client.kind(),
                            taskId,
                            task.status(),
                            task.progress());
                    return saw(entry, progress, task);
                })
                .thenCompose(Function.identity());
    }

    /** Handles a failed poll. If it failed because the route is stopped, the next wait ends at once and says so. */
    private CompletableFuture<Task> missed(TasksInFlight.Entry entry, Progress progress, Throwable error) {
        boolean isFinal = error instanceof DewatermarkServiceException service && FINAL.contains(service.status());
        if (isFinal || !(error instanceof DewatermarkException problem)) {
            return CompletableFuture.failedFuture(failures.unfollowable(entry.taskId(), entry.isSubmitted(), error));
        }
        if (ErrorClassifier.isSenseless(problem)) {
            Instant since = entry.senselessSince();
            if (since == null) {
                LOG.warn(
                        "Polling {} {} makes no sense, still waiting for it: {}",
                        client.kind(),
                        entry.taskId(),
                        problem.getMessage());
                entry.senselessSince(clock.instant());
            } else if (Duration.between(since, clock.instant()).compareTo(SENSELESS) >= 0) {
                return CompletableFuture.failedFuture(
                        failures.unfollowable(entry.taskId(), entry.isSubmitted(), problem));
            }
        } else {
            LOG.debug(
                    "Polling {} {} failed, still waiting for it: {}",
                    client.kind(),
                    entry.taskId(),
                    problem.getMessage());
        }
        return waitForNextPoll(entry, progress, problem);
    }
}
