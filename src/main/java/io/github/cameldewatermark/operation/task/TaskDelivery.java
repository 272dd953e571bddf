package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Download;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskClient;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.ErrorClassifier;
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
final class TaskDelivery {

    private static final Logger LOG = LoggerFactory.getLogger(TaskDelivery.class);

    private final OperationContext context;
    private final TaskClient client;
    private final CallDispatcher calls;
    private final CallDispatcher storage;
    private final TaskFailures failures;

    TaskDelivery(OperationContext context, TaskClient client, CallDispatcher calls, CallDispatcher storage) {
        this.context = context;
        this.client = client;
        this.calls = calls;
        this.storage = storage;
        this.failures = new TaskFailures(client.kind());
    }

    CompletableFuture<Outcome> outcome(TaskJob job, Task task) {
        return new ResultDownload(task.taskId(), job.name(task.taskId()), job.file())
                .download(task)
                .thenApply(result -> outcome(job, task, result))
                .exceptionallyCompose(
                        error -> CompletableFuture.failedFuture(failure(job, task, Failures.cause(error))));
    }

    private Outcome outcome(TaskJob job, Task task, Content result) {
        Price price = job.price(task);
        BigDecimal credits = price == null ? null : price.credits();
        boolean again = job.steps().isHandedOnAgain(price);
        if (again) {
            context.activity().exchanges().remembered();
        }
        LOG.info(
                "{} {} is done: {}, {}{}, {} bytes",
                client.kind().title(),
                task.taskId(),
                result.name(),
                task.duration() == null ? "" : task.duration() + " s, ",
                Credits.text(credits),
                result.length());
        return job.file()
                .describe(Outcome.body(result))
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name())
                .header(DewatermarkConstants.HAS_WATERMARK, task.hasWatermark())
                .header(DewatermarkConstants.VIDEO_DURATION, task.duration())
                .header(DewatermarkConstants.CREDITS_CHARGED, again ? BigDecimal.ZERO : credits)
                .header(DewatermarkConstants.FROM_JOURNAL, again ? true : null);
    }

    private DewatermarkTaskException failure(TaskJob job, Task task, Throwable cause) {
        if ((ErrorClassifier.isExpiredUrl(cause) || task.downloadUrl() == null)
                && task.isResultExpired(Instant.now())) {
            // what is gone isn't paid for again by itself
            DewatermarkTaskException gone = failures.gone(task, cause);
            job.steps().lost(gone);
            return gone;
        }
        // asking for the status again brings a new URL, unless URLs of this host are not allowed at all
        boolean retryable = !(cause instanceof DewatermarkTransportException e) || e.retryable();
        return failures.undelivered(task, retryable, cause);
    }

    /**
     * A download that breaks off is continued where it stopped, if necessary with a new URL for the same task after the first one
     * has expired.
     */
    private final class ResultDownload {
        private final String taskId;
        private final String name;
        private final TaskFile file;
        private final Spool spool = Spool.inFile(context.tempFolder());
        private final Download download = new Download(spool, spool::discard);

        ResultDownload(String taskId, String name, TaskFile file) {
            this.taskId = taskId;
            this.name = name;
            this.file = file;
        }

        CompletableFuture<Content> download(Task task) {
            return fetch(task).thenApply(length -> content()).whenComplete((result, error) -> {
                if (error != null) {
                    spool.discard(); // at once, as it may be large
                }
            });
        }

        private CompletableFuture<Long> fetch(Task task) {
            if (task.downloadUrl() == null) {
                return CompletableFuture.failedFuture(new IOException("it has no download URL"));
            }
            long keptBefore = download.kept();
            return storage.call(client.kind().call(Step.DOWNLOAD), () -> attempt(task), download::progress)
                    .exceptionallyCompose(
                            error -> ErrorClassifier.isExpiredUrl(Failures.cause(error)) && download.kept() > keptBefore
                                    ? calls.call(client.kind().call(Step.STATUS), () -> client.status(taskId))
                                            .thenCompose(this::fetch) // the URL did work, so it has expired
                                    : CompletableFuture.failedFuture(error));
        }

        private long attempt(Task task) {
            if (download.kept() > 0) {
                LOG.debug(
                        "The download of {} {} broke off and resumes at byte {}",
                        client.kind(),
                        taskId,
                        download.kept());
            }
            return client.download(task.downloadUrl(), download);
        }

        private Content content() {
            try {
                Content result = spool.content(name);
                file.requireResult(result);
                return result;
            } catch (IOException e) {
                throw new CompletionException(e);
            }
        }
    }
}
