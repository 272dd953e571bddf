package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.operation.OperationContext;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the task of a file, and uploads the file to it. */
final class TaskUpload {

    private static final Logger LOG = LoggerFactory.getLogger(TaskUpload.class);

    private final OperationContext context;
    private final TaskClient client;
    private final CallDispatcher calls;
    private final CallDispatcher storage;

    TaskUpload(OperationContext context, TaskClient client, CallDispatcher calls, CallDispatcher storage) {
        this.context = context;
        this.client = client;
        this.calls = calls;
        this.storage = storage;
    }

    /** Uploads a file, and remembers that before its task is submitted. */
    CompletableFuture<Void> upload(TaskJob job) {
        String doubt = job.file().doubt();
        if (doubt != null) {
            LOG.warn("{} may fail: {}. Failed tasks are refunded", job.content().name(), doubt);
        }
        return upload(job, true).thenRun(() -> job.steps().uploaded(job.file().price(null)));
    }

    /** @param mayExpire whether a URL that has expired is replaced by that of another task */
    private CompletableFuture<Void> upload(TaskJob job, boolean mayExpire) {
        return calls.call(client.kind().call(Step.CREATE), () -> {
                    context.tempFolder().reserveRoom(job.content()).close(); // for the result, before it is charged
                    return client.create();
                })
                .thenCompose(created -> {
                    job.steps().begun(created.taskId(), job.file().estimate());
                    return send(job, created).exceptionallyCompose(error -> {
                        if (!mayExpire || !ErrorClassifier.isExpiredUrl(Failures.cause(error))) {
                            return CompletableFuture.failedFuture(error);
                        }
                        LOG.debug(
                                "The upload URL of {} {} is no longer accepted, nothing was charged for it: starting again",
                                client.kind(),
                                created.taskId());
                        return upload(job, false);
                    });
                });
    }

    private CompletableFuture<Void> send(TaskJob job, Task created) {
        return storage.call(client.kind().call(Step.UPLOAD), () -> {
            client.upload(created.uploadUrl(), job.content());
            return null;
        });
    }
}
