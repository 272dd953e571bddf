package io.github.cameldewatermark.operation.video;

import io.github.cameldewatermark.client.UploadTicket;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.video.ClipJob.State;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Creates the task of a clip, and uploads the clip to it. */
final class ClipUpload {

    private static final Logger LOG = LoggerFactory.getLogger(ClipUpload.class);

    /** The statuses with which storage services answer when a signed URL has expired; they differ. */
    private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

    private final OperationContext context;
    private final CallDispatcher calls;
    private final CallDispatcher storage;

    ClipUpload(OperationContext context, CallDispatcher calls, CallDispatcher storage) {
        this.context = context;
        this.calls = calls;
        this.storage = storage;
    }

    /** Whether this failure means that a signed URL has expired. */
    static boolean isExpired(Throwable cause) {
        return cause instanceof DewatermarkServiceException e && EXPIRED.contains(e.status());
    }

    /** Uploads a clip, and remembers that before its task is submitted. */
    CompletableFuture<Void> upload(ClipJob job) {
        String doubt = job.original().doubt();
        if (doubt != null) {
            LOG.warn("{} may fail: {}. Failed tasks are refunded", job.clip().name(), doubt);
        }
        return upload(job, true).thenRun(job::uploaded);
    }

    /** @param mayExpire whether a URL that has expired is replaced by that of another task */
    private CompletableFuture<Void> upload(ClipJob job, boolean mayExpire) {
        return calls.call(ApiCall.CREATE_UPLOAD, () -> {
                    context.tempFolder().requireSpaceFor(job.clip()); // for the result, before it is charged
                    return context.client().createUpload();
                })
                .thenCompose(ticket -> {
                    job.note(ticket.taskId(), State.BEGUN, null);
                    return send(job, ticket).exceptionallyCompose(error -> {
                        if (!mayExpire || !isExpired(Failures.cause(error))) {
                            return CompletableFuture.failedFuture(error);
                        }
                        LOG.debug(
                                "The upload URL of video task {} is no longer accepted, nothing was charged for it: starting again",
                                ticket.taskId());
                        return upload(job, false);
                    });
                });
    }

    private CompletableFuture<Void> send(ClipJob job, UploadTicket ticket) {
        return storage.call(ApiCall.UPLOAD, () -> {
            context.client().upload(ticket.uploadUrl(), job.clip());
            return null;
        });
    }
}
