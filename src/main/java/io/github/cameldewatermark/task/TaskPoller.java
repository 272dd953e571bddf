package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.http.ApiCall;
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

    private final DewatermarkClient client;
    private final CallDispatcher calls;
    private final Delays delays;
    private final PollSchedule schedule;
    private final TasksInFlight tasks;
    private final Clock clock;

    public TaskPoller(
            DewatermarkClient client,
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
    }

    /**
     * Waits until a task is {@code COMPLETED}. If the wait ends in any other way, the future fails with a
     * {@link DewatermarkTaskException}.
     *
     * @param name what the task cleans, such as a file name
     */
    public CompletableFuture<VideoTask> completion(VideoTask task, String name) {
        TasksInFlight.Entry entry = tasks.begin(task.taskId(), name, clock.instant());
        return CompletableFuture.completedFuture(task)
                .thenCompose(begun -> saw(entry, Progress.NONE, begun))
                .whenComplete((completed, error) -> entry.end());
    }

    private CompletableFuture<VideoTask> saw(TasksInFlight.Entry entry, Progress before, VideoTask task) {
        Instant now = clock.instant();
        entry.seen(task, now);
        entry.senselessSince(null);
        Progress progress = before.with(Duration.between(entry.since(), now), task.progress());
        return switch (task.status()) {
            case COMPLETED -> CompletableFuture.completedFuture(task);
            case FAILED -> CompletableFuture.failedFuture(TaskFailures.refunded(entry.taskId()));
            case CREATED, PROCESSING -> waitForNextPoll(entry, progress, null);
        };
    }

    private CompletableFuture<VideoTask> waitForNextPoll(
            TasksInFlight.Entry entry, Progress progress, DewatermarkException lastProblem) {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(entry.since(), now);
        if (schedule.isOver(elapsed)) {
            return CompletableFuture.failedFuture(TaskFailures.timedOut(entry.taskId(), elapsed, lastProblem));
        }
        Duration wait =
                schedule.next(elapsed, progress, ThreadLocalRandom.current().nextDouble());
        entry.nextPoll(now.plus(wait));
        return delays.after(wait)
                .exceptionallyCompose(stopped ->
                        CompletableFuture.failedFuture(TaskFailures.stopped(entry.taskId(), Failures.cause(stopped))))
                .thenCompose(waited -> poll(entry, progress));
    }

    private CompletableFuture<VideoTask> poll(TasksInFlight.Entry entry, Progress progress) {
        String taskId = entry.taskId();
        return calls.call(ApiCall.STATUS, () -> client.status(taskId))
                .handle((task, error) -> {
                    if (error != null) {
                        return missed(entry, progress, Failures.cause(error));
                    }
                    LOG.debug("Video task {}: {}, progress {}", taskId, task.status(), task.progress());
                    return saw(entry, progress, task);
                })
                .thenCompose(Function.identity());
    }

    /** Handles a failed poll. If it failed because the route is stopped, the next wait ends at once and says so. */
    private CompletableFuture<VideoTask> missed(TasksInFlight.Entry entry, Progress progress, Throwable error) {
        boolean isFinal = error instanceof DewatermarkServiceException service && FINAL.contains(service.status());
        if (isFinal || !(error instanceof DewatermarkException problem)) {
            return CompletableFuture.failedFuture(TaskFailures.unfollowable(entry.taskId(), error));
        }
        if (ErrorClassifier.isSenseless(problem)) {
            Instant since = entry.senselessSince();
            if (since == null) {
                LOG.warn(
                        "Polling video task {} makes no sense, still waiting for it: {}",
                        entry.taskId(),
                        problem.getMessage());
                entry.senselessSince(clock.instant());
            } else if (Duration.between(since, clock.instant()).compareTo(SENSELESS) >= 0) {
                return CompletableFuture.failedFuture(TaskFailures.unfollowable(entry.taskId(), problem));
            }
        } else {
            LOG.debug("Polling video task {} failed, still waiting for it: {}", entry.taskId(), problem.getMessage());
        }
        return waitForNextPoll(entry, progress, problem);
    }
}
