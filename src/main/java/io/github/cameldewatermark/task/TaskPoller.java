package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
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
import io.github.cameldewatermark.task.TasksInFlight.Snapshot;
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
 * Waits for the end of submitted tasks. Between two polls, a task is an entry in a timer, not a thread. A failed poll says nothing
 * about the task, so it doesn't end the wait, unless the key is refused or the platform doesn't know the task.
 */
public final class TaskPoller {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPoller.class);

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
        Wait wait = new Wait(task, name, submitted);
        return Failures.inFuture(() -> wait.saw(task)).whenComplete((completed, error) -> tasks.ends(wait));
    }

    /** One wait for a task. */
    private final class Wait {

        private final String taskId;
        private final String name;
        private final Instant since = clock.instant();
        private boolean submitted;
        private Progress progress = Progress.NONE;
        private Instant seenRunning;
        /** That of the last poll; {@code null} if it was answered. */
        private DewatermarkException problem;

        Wait(Task task, String name, boolean submitted) {
            this.taskId = task.taskId();
            this.name = name;
            this.submitted = submitted;
        }

        CompletableFuture<Task> saw(Task task) {
            LOG.debug("Dewatermark {} {}: {}, progress {}", client.kind(), taskId, task.status(), task.progress());
            Instant now = clock.instant();
            problem = null;
            submitted |= task.status() != Status.CREATED;
            progress = progress.with(Duration.between(since, now), task.progress());
            switch (task.status()) {
                case COMPLETED -> {
                    if (seenRunning != null) {
                        tasks.completed(Duration.between(seenRunning, now));
                    }
                    return CompletableFuture.completedFuture(task);
                }
                case FAILED -> {
                    return CompletableFuture.failedFuture(failures.refunded(taskId));
                }
                case CREATED, PROCESSING -> seenRunning = now;
            }
            return waitForNextPoll();
        }

        private CompletableFuture<Task> waitForNextPoll() {
            Instant now = clock.instant();
            Duration elapsed = Duration.between(since, now);
            if (schedule.isOver(elapsed)) {
                return CompletableFuture.failedFuture(failures.timedOut(taskId, submitted, elapsed, problem));
            }
            Duration wait =
                    schedule.next(elapsed, progress, ThreadLocalRandom.current().nextDouble());
            tasks.waits(this, new Snapshot(taskId, name, since, progress.last(), now.plus(wait)));
            return Delays.ifStopped(delays.after(wait), stopped -> failures.stopped(taskId, submitted, stopped))
                    .thenCompose(waited -> poll());
        }

        private CompletableFuture<Task> poll() {
            return calls.call(client.kind().call(Step.STATUS), () -> client.status(taskId))
                    .handle((task, error) -> error == null ? saw(task) : missed(Failures.cause(error)))
                    .thenCompose(Function.identity());
        }

        /** Handles a failed poll. If it failed because the route is stopped, the next wait ends at once and says so. */
        private CompletableFuture<Task> missed(Throwable error) {
            boolean isFinal = error instanceof DewatermarkServiceException service && FINAL.contains(service.status());
            if (isFinal || !(error instanceof DewatermarkException failure)) {
                return CompletableFuture.failedFuture(failures.unfollowable(taskId, submitted, error));
            }
            boolean isNews = ErrorClassifier.isUnexpected(failure)
                    && (problem == null || !ErrorClassifier.isUnexpected(problem));
            String line = "A poll of {} {} failed, still waiting for it: {}";
            if (isNews) {
                LOG.warn(line, client.kind(), taskId, failure.getMessage());
            } else {
                LOG.debug(line, client.kind(), taskId, failure.getMessage());
            }
            problem = failure;
            return waitForNextPoll();
        }
    }
}
