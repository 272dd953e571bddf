package io.github.cameldewatermark.video;

import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the end of submitted tasks. Between two looks at its status, a task is an entry in a timer, not a thread. A
 * failed look doesn't end the wait, because it says nothing about the task, which is running and paid for.
 */
public final class TaskPoller {

    private static final Logger LOG = LoggerFactory.getLogger(TaskPoller.class);

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
        Instant now = clock.instant();
        TasksInFlight.Entry entry = tasks.begin(task.taskId(), name, now);
        Watch watch = new Watch(task.taskId(), now, Progress.NONE, entry, new CompletableFuture<>());
        seen(watch, task);
        return watch.result();
    }

    private void seen(Watch before, VideoTask task) {
        Watch watch = before.saw(task, clock.instant());
        switch (task.status()) {
            case COMPLETED -> watch.complete(task);
            case FAILED -> watch.fail(TaskFailures.refunded(watch.taskId()));
            case CREATED, PROCESSING -> waitForNextLook(watch, null);
        }
    }

    private void waitForNextLook(Watch watch, DewatermarkException lastProblem) {
        Instant now = clock.instant();
        Duration elapsed = Duration.between(watch.since(), now);
        if (schedule.isOver(elapsed)) {
            watch.fail(TaskFailures.timedOut(watch.taskId(), elapsed, lastProblem));
            return;
        }
        double random = ThreadLocalRandom.current().nextDouble();
        Duration wait = schedule.next(elapsed, watch.progress(), random);
        watch.entry().nextLook(now.plus(wait));
        delays.after(wait).whenComplete((waited, stopped) -> {
            if (stopped == null) {
                look(watch);
            } else {
                watch.fail(TaskFailures.stopped(watch.taskId(), stopped));
            }
        });
    }

    private void look(Watch watch) {
        calls.call(ApiCall.STATUS, () -> client.status(watch.taskId())).whenComplete((task, error) -> {
            try {
                if (error == null) {
                    LOG.debug("Video task {}: {}, progress {}", task.taskId(), task.status(), task.progress());
                    seen(watch, task);
                } else {
                    missed(watch, Failures.cause(error));
                }
            } catch (RuntimeException e) { // otherwise the exchange would wait for ever
                watch.fail(e);
            }
        });
    }

    /** Handles a failed look. If it failed because the route is stopped, the next wait ends at once and says so. */
    private void missed(Watch watch, Throwable error) {
        if (error instanceof DewatermarkException e && !isFinal(e)) {
            LOG.debug(
                    "Video task {} could not be looked at, it is waited for all the same: {}",
                    watch.taskId(),
                    e.getMessage());
            waitForNextLook(watch, e);
        } else {
            watch.fail(TaskFailures.unfollowable(watch.taskId(), error));
        }
    }

    /** Whether a failure is permanent: a refused key or an unknown task. All other failures may be transient. */
    private static boolean isFinal(DewatermarkException e) {
        return e instanceof DewatermarkServiceException service && FINAL.contains(service.status());
    }

    /** One wait for a task. The task is removed from those in flight before the result is completed. */
    private record Watch(
            String taskId,
            Instant since,
            Progress progress,
            TasksInFlight.Entry entry,
            CompletableFuture<VideoTask> result) {

        Watch saw(VideoTask task, Instant now) {
            entry.seen(task, now);
            Progress more = progress.with(Duration.between(since, now), task.progress());
            return new Watch(taskId, since, more, entry, result);
        }

        void complete(VideoTask task) {
            entry.end();
            result.complete(task);
        }

        void fail(RuntimeException problem) {
            entry.end();
            result.completeExceptionally(problem);
        }
    }
}
