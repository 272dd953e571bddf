package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits a task once. If a submit ends without a clear answer, the status of the task tells whether it was submitted, and
 * only if it wasn't, it is submitted again.
 */
public final class TaskSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSubmitter.class);

    private final DewatermarkClient client;
    private final CallDispatcher calls;

    public TaskSubmitter(DewatermarkClient client, CallDispatcher calls) {
        this.client = client;
        this.calls = calls;
    }

    /**
     * Submits a task whose clip is uploaded. If it remains unclear whether the task was submitted, the future fails with
     * {@link TaskFailures#unclearSubmit}.
     *
     * @param maskBrush what to erase; {@code null} if the platform is to look for the watermark
     */
    public CompletableFuture<VideoTask> submit(String taskId, Content maskBrush) {
        return trySubmit(taskId, maskBrush).exceptionallyCompose(error -> {
            Throwable cause = Failures.cause(error);
            if (!(cause instanceof DewatermarkException e) || e.billed() != Billed.UNKNOWN) {
                return CompletableFuture.failedFuture(cause);
            }
            LOG.debug(
                    "Submitting video task {} ended without a clear answer, asking for its status: {}",
                    taskId,
                    e.getMessage());
            // the second submit may be refused because the first one arrived after all, though the status lags behind
            return ifNotSubmitted(taskId, error, () -> trySubmit(taskId, maskBrush)
                    .exceptionallyCompose(again -> ifNotSubmitted(taskId, again, () -> unclear(taskId, again))));
        });
    }

    private CompletableFuture<VideoTask> trySubmit(String taskId, Content maskBrush) {
        return calls.call(ApiCall.SUBMIT, () -> client.submit(taskId, maskBrush));
    }

    private CompletableFuture<VideoTask> ifNotSubmitted(
            String taskId, Throwable failure, Supplier<CompletableFuture<VideoTask>> then) {
        return calls.call(ApiCall.STATUS, () -> client.status(taskId))
                // without the status, it remains unclear whether the task was submitted
                .exceptionallyCompose(statusFailure -> unclear(taskId, failure))
                .thenCompose(
                        task -> task.status() == Status.CREATED ? then.get() : CompletableFuture.completedFuture(task));
    }

    private static CompletableFuture<VideoTask> unclear(String taskId, Throwable failure) {
        return CompletableFuture.failedFuture(TaskFailures.unclearSubmit(taskId, Failures.cause(failure)));
    }
}
