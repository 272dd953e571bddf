package io.github.cameldewatermark.operation.video;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.HeapShare;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Download;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.task.TaskFailures;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Downloads the result of a completed task, and makes it the outcome of the message. */
final class ClipDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(ClipDelivery.class);

    private final OperationContext context;
    private final CallDispatcher calls;
    private final CallDispatcher storage;

    ClipDelivery(OperationContext context, CallDispatcher calls, CallDispatcher storage) {
        this.context = context;
        this.calls = calls;
        this.storage = storage;
    }

    CompletableFuture<Outcome> outcome(ClipJob job, VideoTask task) {
        return new Attempts(task.taskId(), job.name(task.taskId()))
                .download(task)
                .thenApply(clip -> outcome(job, task, clip))
                .exceptionallyCompose(
                        error -> CompletableFuture.failedFuture(failure(job, task, Failures.cause(error))));
    }

    private Outcome outcome(ClipJob job, VideoTask task, Content clip) {
        boolean again = job.isHandedOnAgain(task);
        LOG.info(
                "Video task {} is done: {}, {} s, {}, {} bytes",
                task.taskId(),
                clip.name(),
                task.duration(),
                Credits.text(context.prices().of(task)),
                clip.length());
        return job.describe(Outcome.body(clip))
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name())
                .header(DewatermarkConstants.HAS_WATERMARK, task.hasWatermark())
                .header(DewatermarkConstants.VIDEO_DURATION, task.duration())
                .header(
                        DewatermarkConstants.CREDITS_CHARGED,
                        again ? BigDecimal.ZERO : context.prices().of(task))
                .header(DewatermarkConstants.FROM_JOURNAL, again ? true : null);
    }

    private DewatermarkTaskException failure(ClipJob job, VideoTask task, Throwable cause) {
        if ((ClipUpload.isExpired(cause) || task.downloadUrl() == null) && task.isResultExpired(Instant.now())) {
            // what is gone isn't paid for again by itself
            DewatermarkTaskException gone = TaskFailures.gone(task.taskId(), task.resultExpires(), cause);
            job.lost(gone);
            return gone;
        }
        // asking for the status again brings a new URL, unless URLs of this host are not allowed at all
        boolean retryable = !(cause instanceof DewatermarkTransportException e) || e.retryable();
        return TaskFailures.undelivered(task.taskId(), retryable, cause);
    }

    /**
     * A download that breaks off is continued where it stopped, if necessary with a new URL for the same task after the first one
     * has expired.
     */
    private final class Attempts {
        private final String taskId;
        private final String name;
        private final Spool spool = new Spool(context.tempFolder(), HeapShare.NONE);
        private final Download download = new Download(spool, spool::clear);

        Attempts(String taskId, String name) {
            this.taskId = taskId;
            this.name = name;
        }

        CompletableFuture<Content> download(VideoTask task) {
            return fetch(task).thenApply(length -> content()).whenComplete((clip, error) -> {
                if (error != null) {
                    spool.discard(); // at once, as it may be large
                }
            });
        }

        private CompletableFuture<Long> fetch(VideoTask task) {
            if (task.downloadUrl() == null) {
                return CompletableFuture.failedFuture(new IOException("it has no download URL"));
            }
            long before = download.kept();
            return storage.call(ApiCall.DOWNLOAD, () -> attempt(task), download::progress)
                    .exceptionallyCompose(error -> ClipUpload.isExpired(Failures.cause(error))
                                    && download.kept() > before
                            ? calls.call(ApiCall.STATUS, () -> context.client().status(taskId))
                                    .thenCompose(this::fetch) // the URL did work, so it has expired
                            : CompletableFuture.failedFuture(error));
        }

        private long attempt(VideoTask task) {
            if (download.kept() > 0) {
                LOG.debug("The download of video task {} broke off and resumes at byte {}", taskId, download.kept());
            }
            return context.client().download(task.downloadUrl(), download);
        }

        private Content content() {
            try {
                return spool.content(name);
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }
}
