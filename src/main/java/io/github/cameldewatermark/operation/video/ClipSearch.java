package io.github.cameldewatermark.operation.video;

import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.video.ClipJob.RunningTask;
import io.github.cameldewatermark.operation.video.ClipJob.State;
import io.github.cameldewatermark.task.TaskFailures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the task that a clip has already: by the message, then by the journal. Whatever they know, the platform decides. What
 * the journal knows is found by its claim, as others may have the same clip.
 */
final class ClipSearch {

    private static final Logger LOG = LoggerFactory.getLogger(ClipSearch.class);

    private final DewatermarkClient client;
    private final CallDispatcher calls;

    ClipSearch(DewatermarkClient client, CallDispatcher calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Finds the task of a clip, and notes it. If it has none that was submitted, the clip is held from now on.
     *
     * @return the task; {@link Status#CREATED} if it is still to be submitted, {@code null} if there is none
     */
    CompletableFuture<VideoTask> find(ClipJob job) {
        RunningTask running = job.task();
        return running == null || running.entry() != null && !running.isPaid()
                ? byJournal(job)
                : ask(job).thenCompose(task -> task == null ? byJournal(job) : CompletableFuture.completedFuture(task));
    }

    private CompletableFuture<VideoTask> byJournal(ClipJob job) {
        return job.hold().thenCompose(held -> {
            Entry entry = held.known() == null ? held.claim().entry() : held.known();
            if (entry != null && entry.taskId() != null) {
                // its clip has been uploaded, because tasks are recorded only after that
                job.note(entry.taskId(), State.UPLOADED, entry);
                return ask(job);
            }
            if (held.known() != null) {
                throw PayAgain.needed(entry, job.name("The clip"));
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<VideoTask> ask(ClipJob job) {
        RunningTask running = job.task();
        LOG.info("Video task {} is resumed", running.taskId());
        job.resumed();
        return calls.call(ApiCall.STATUS, () -> client.status(running.taskId()))
                .handle((task, error) -> error == null
                        ? CompletableFuture.completedFuture(toBeResumed(job, task))
                        : unseen(job, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    private VideoTask toBeResumed(ClipJob job, VideoTask task) {
        RunningTask running = job.task();
        if (task.status() != Status.CREATED) {
            job.submitted();
            return task;
        }
        // whatever keeps it from being submitted
        boolean givenUp = job.paysAgain() && job.claim().entry() != null;
        // if the message has no clip, only a task id, the clip must have been uploaded elsewhere
        if (!givenUp && (running.state() == State.UPLOADED || !job.hasClip())) {
            return task;
        }
        LOG.debug("Video task {} was never submitted, nothing was charged for it: starting again", task.taskId());
        return null;
    }

    private CompletableFuture<VideoTask> unseen(ClipJob job, Throwable cause) {
        RunningTask running = job.task();
        boolean unknown = cause instanceof DewatermarkServiceException e && (e.status() == 404 || e.status() == 410);
        if (!unknown) {
            Billed billed = running.isPaid() ? Billed.YES : Billed.UNKNOWN;
            return CompletableFuture.failedFuture(TaskFailures.unseen(running.taskId(), billed, cause));
        }
        DewatermarkTaskException failure = TaskFailures.unknown(running.taskId(), cause);
        job.lost(failure);
        return CompletableFuture.failedFuture(failure);
    }
}
