package io.github.cameldewatermark.video;

import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits a task once. When a submit ends without a clear answer, the status of the task tells whether it arrived, and
 * it is submitted again only if it didn't.
 */
public final class TaskSubmitter {

    private static final Logger LOG = LoggerFactory.getLogger(TaskSubmitter.class);

    private final DewatermarkClient client;
    private final CallDispatcher calls;

    public TaskSubmitter(DewatermarkClient client, CallDispatcher calls) {
        this.client = client;
        this.calls = calls;
    }

    /** Submits a task whose clip is uploaded. */
    public CompletableFuture<VideoTask> submit(String taskId) {
        return calls.call(ApiCall.SUBMIT, () -> client.submit(taskId))
                .exceptionallyCompose(error -> isUnclear(error) ? lookAndDecide(taskId, error) : failed(error));
    }

    private CompletableFuture<VideoTask> lookAndDecide(String taskId, Throwable unclear) {
        LOG.info(
                "Submitting video task {} ended without a clear answer, looking at its status: {}",
                taskId,
                Failures.cause(unclear).getMessage());
        return calls.call(ApiCall.STATUS, () -> client.status(taskId))
                // a status that can't be had leaves the matter as unclear as it was
                .exceptionallyCompose(statusError -> failed(unclear))
                .thenCompose(task -> task.status() == Status.CREATED
                        ? calls.call(ApiCall.SUBMIT, () -> client.submit(taskId))
                        : CompletableFuture.completedFuture(task));
    }

    private static boolean isUnclear(Throwable error) {
        return Failures.cause(error) instanceof DewatermarkException e && e.billed() == Billed.UNKNOWN;
    }

    private static <T> CompletableFuture<T> failed(Throwable error) {
        return CompletableFuture.failedFuture(Failures.cause(error));
    }
}
