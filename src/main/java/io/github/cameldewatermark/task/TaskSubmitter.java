package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits a task once. If a submit ends without a clear answer, the status of the task may tell whether it was submitted, and
 * only if it certainly wasn't, it is submitted again.
 */
public final class TaskSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSubmitter.class);

    /** What has to know about each attempt. */
    public interface Watcher {

        /** Called right before each attempt; if it throws an exception, nothing is sent. */
        void sending();

        /** Called if it is certain that the attempt has cost nothing. */
        void refused();
    }

    private final TaskClient client;
    private final CallDispatcher calls;

    public TaskSubmitter(TaskClient client, CallDispatcher calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Submits a task whose file is uploaded. If it remains unclear whether the task was submitted, the future fails with
     * {@link TaskFailures#unclearSubmit}, or has the task as {@link Status#CREATED}, if that proves nothing.
     *
     * @param maskBrush what to erase; {@code null} if the platform is to look for the watermark
     */
    public CompletableFuture<Task> submit(String taskId, Content maskBrush, Watcher watcher) {
        Supplier<CompletableFuture<Task>> attempt =
                () -> calls.call(client.kind().call(Step.SUBMIT), () -> attempt(taskId, maskBrush, watcher));
        return attempt.get().exceptionallyCompose(error -> {
            Throwable cause = Failures.cause(error);
            if (!(cause instanceof DewatermarkException e) || e.billed() != Billed.UNKNOWN) {
                return CompletableFuture.failedFuture(cause);
            }
            LOG.debug(
                    "Submitting {} {} ended without a clear answer, asking for its status: {}",
                    client.kind(),
                    taskId,
                    e.getMessage());
            // the second submit may be refused because the first one arrived after all, though the status lags behind
            return ifNotSubmitted(taskId, error, () -> attempt.get()
                    .exceptionallyCompose(again -> ifNotSubmitted(taskId, again, () -> unclear(taskId, again))));
        });
    }

    private Task attempt(String taskId, Content maskBrush, Watcher watcher) {
        try {
            watcher.sending();
            return client.submit(taskId, maskBrush);
        } catch (DewatermarkException e) {
            if (e.billed() == Billed.NO) {
                watcher.refused();
            }
            throw e;
        }
    }

    private CompletableFuture<Task> ifNotSubmitted(
            String taskId, Throwable failure, Supplier<CompletableFuture<Task>> then) {
        return calls.call(client.kind().call(Step.STATUS), () -> client.status(taskId))
                // without the status, it remains unclear whether the task was submitted
                .exceptionallyCompose(statusFailure -> unclear(taskId, failure))
                .thenCompose(
                        task -> task.status() == Status.CREATED && client.kind().isCreatedUnsubmitted()
                                ? then.get()
                                : CompletableFuture.completedFuture(task));
    }

    private CompletableFuture<Task> unclear(String taskId, Throwable failure) {
        return CompletableFuture.failedFuture(
                new TaskFailures(client.kind()).unclearSubmit(taskId, Failures.cause(failure)));
    }
}
