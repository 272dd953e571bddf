package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.task.TaskFailures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the task that a file has already: by the message, then by the journal. Whatever they know, the platform decides. What
 * the journal knows is found by its claim, as others may have the same file.
 */
final class TaskSearch {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSearch.class);

    private final TaskClient client;
    private final CallDispatcher calls;
    private final TaskFailures failures;

    TaskSearch(TaskClient client, CallDispatcher calls) {
        this.client = client;
        this.calls = calls;
        this.failures = new TaskFailures(client.kind());
    }

    /**
     * Finds the task of a file, and notes it. If it has none that is or may be submitted, the file is held from now on.
     *
     * @return the task, {@code null} if there is none; its stage says whether it is still to be submitted
     */
    CompletableFuture<Task> find(TaskJob job) {
        RunningTask running = job.steps().task();
        return running == null || running.entry() != null && !running.isSubmitted()
                ? byJournal(job)
                : ask(job).thenCompose(task -> task == null ? byJournal(job) : CompletableFuture.completedFuture(task));
    }

    private CompletableFuture<Task> byJournal(TaskJob job) {
        return job.hold().thenCompose(claim -> {
            Entry entry = claim.entry();
            if (entry != null && entry.taskId() != null) {
                job.steps().found(entry, job.file().price(null), job.file().estimate());
                return ask(job);
            }
            if (claim.known() != null) {
                throw PayAgain.needed(entry, job.name("The " + client.kind().file()));
            }
            return CompletableFuture.completedFuture(null);
        });
    }

    private CompletableFuture<Task> ask(TaskJob job) {
        String taskId = job.steps().task().taskId();
        LOG.info("{} {} is resumed", client.kind().title(), taskId);
        job.steps().resumed();
        return calls.call(client.kind().call(Step.STATUS), () -> client.status(taskId))
                .handle((task, error) -> error == null
                        ? CompletableFuture.completedFuture(resumeOrRestart(job, task))
                        : unseen(job, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    /** Returns {@code null} if it was never submitted and its file is to be sent anew. */
    private Task resumeOrRestart(TaskJob job, Task task) {
        RunningTask running = job.steps().task();
        if (task.status() != Status.CREATED) {
            job.steps().submitted();
            return task;
        }
        if (mayBeSubmitted(running)) {
            job.steps().maybeSubmitted();
            return task;
        }
        // if the message has no file, only a task id, the file must have been uploaded elsewhere
        if (!job.givesUpUploaded() && (running.isUploaded() || !job.hasFile())) {
            job.steps().unsubmitted(); // whatever kept it from being submitted
            return task;
        }
        LOG.debug(
                "{} {} was never submitted, nothing was charged for it: starting again",
                client.kind().title(),
                task.taskId());
        return null;
    }

    /** Whether a task that is only said to be created may be submitted. */
    private boolean mayBeSubmitted(RunningTask running) {
        return !client.kind().isCreatedUnsubmitted()
                && running.stage() != RunningTask.Stage.BEGUN
                && running.stage() != RunningTask.Stage.UPLOADED;
    }

    private CompletableFuture<Task> unseen(TaskJob job, Throwable cause) {
        RunningTask running = job.steps().task();
        boolean unknown = cause instanceof DewatermarkServiceException e && (e.status() == 404 || e.status() == 410);
        if (!unknown) {
            Billed billed = running.isSubmitted() ? Billed.YES : Billed.UNKNOWN;
            return CompletableFuture.failedFuture(failures.unseen(running.taskId(), billed, cause));
        }
        DewatermarkTaskException failure = failures.unknown(running.taskId(), cause);
        job.steps().lost(failure);
        return CompletableFuture.failedFuture(failure);
    }
}
