package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.UploadTicket;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.operation.RunningTask.State;
import io.github.cameldewatermark.video.PollSchedule;
import io.github.cameldewatermark.video.TaskPoller;
import io.github.cameldewatermark.video.TaskSubmitter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans a clip: upload, submit, poll, download. Only the submit costs money, and each exchange does it once: what it
 * has begun is noted on it before, and a redelivery goes on from there.
 */
public final class VideoOperation implements Operation {

    private static final Logger LOG = LoggerFactory.getLogger(VideoOperation.class);
    private static final BigDecimal CREDITS_PER_SECOND = new BigDecimal("0.2");

    private final DewatermarkClient client;
    private final TempFolder tempFolder;
    private final boolean waitForCompletion;
    private final Delays delays;
    private final CallDispatcher calls;
    private final TaskSubmitter submitter;
    private final TaskPoller poller;

    public VideoOperation(OperationContext context, DewatermarkConfiguration configuration) {
        this.client = context.client();
        this.tempFolder = context.tempFolder();
        this.waitForCompletion = configuration.isWaitForCompletion();
        this.delays = context.newDelays();
        this.calls = new CallDispatcher(context.gate(), delays, Duration.ofMillis(configuration.getMaxThrottleWait()));
        this.submitter = new TaskSubmitter(client, calls);
        PollSchedule schedule = new PollSchedule(
                Duration.ofMillis(configuration.getPollInterval()),
                Duration.ofMillis(configuration.getMaxPollInterval()),
                Duration.ofMillis(configuration.getTaskTimeout()));
        this.poller = new TaskPoller(client, calls, delays, schedule, context.tasks(), Clock.systemUTC());
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        RunningTask running = RunningTask.of(exchange);
        CompletableFuture<VideoTask> submitted = running == null ? begin(exchange) : resume(exchange, running);
        return waitForCompletion
                ? submitted.thenCompose(task -> finish(exchange, task))
                : submitted.thenApply(task -> submitted(exchange, task));
    }

    @Override
    public void close() {
        delays.close();
    }

    private CompletableFuture<VideoTask> begin(Exchange exchange) {
        Payload clip = new Payload.Factory("video", tempFolder).body(exchange);
        return calls.call(ApiCall.CREATE_UPLOAD, client::createUpload)
                .thenCompose(ticket -> upload(exchange, ticket, clip))
                .whenComplete((ticket, error) -> clip.close())
                .thenCompose(ticket -> submit(ticket.taskId()));
    }

    private CompletableFuture<UploadTicket> upload(Exchange exchange, UploadTicket ticket, Payload clip) {
        RunningTask.note(exchange, ticket.taskId(), State.BEGUN);
        return calls.call(ApiCall.UPLOAD, () -> {
            client.upload(ticket.uploadUrl(), clip.content());
            RunningTask.note(exchange, ticket.taskId(), State.UPLOADED);
            return ticket;
        });
    }

    private CompletableFuture<VideoTask> submit(String taskId) {
        return submitter.submit(taskId).whenComplete((task, error) -> {
            if (error == null) {
                LOG.info("Video task {} is submitted", taskId);
            }
        });
    }

    private CompletableFuture<VideoTask> resume(Exchange exchange, RunningTask running) {
        String taskId = running.taskId();
        LOG.info("Video task {} is resumed", taskId);
        return calls.call(ApiCall.STATUS, () -> client.status(taskId))
                .thenCompose(task -> goOn(exchange, running, task))
                .exceptionallyCompose(error -> isUnknown(error)
                        ? beginAnew(exchange, taskId, Failures.cause(error))
                        : CompletableFuture.failedFuture(Failures.cause(error)));
    }

    private CompletableFuture<VideoTask> goOn(Exchange exchange, RunningTask running, VideoTask task) {
        RunningTask.note(exchange, running.taskId(), running.state());
        if (task.status() != Status.CREATED) {
            return CompletableFuture.completedFuture(task);
        }
        if (running.state() == State.UPLOADED) {
            return submit(task.taskId());
        }
        LOG.info("Video task {} was never submitted, nothing was charged for it: starting anew", task.taskId());
        return begin(exchange);
    }

    private CompletableFuture<VideoTask> beginAnew(Exchange exchange, String taskId, Throwable cause) {
        RunningTask.forget(exchange);
        if (exchange.getMessage().getBody() == null) {
            return CompletableFuture.failedFuture(new DewatermarkTaskException(
                    taskId,
                    "is not known (any more) on the platform, and there is no clip in the message to start anew",
                    Billed.UNKNOWN,
                    false,
                    cause));
        }
        LOG.warn(
                "Video task {} is not known (any more) on the platform: starting anew, which is charged even if that"
                        + " task was",
                taskId);
        return begin(exchange);
    }

    private static boolean isUnknown(Throwable error) {
        return Failures.cause(error) instanceof DewatermarkServiceException e
                && ApiCall.STATUS.toString().equals(e.operation())
                && (e.status() == 404 || e.status() == 410);
    }

    private CompletableFuture<Outcome> finish(Exchange exchange, VideoTask submitted) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, submitted.taskId(), String.class);
        return poller.completion(submitted, name)
                .whenComplete((task, error) -> {
                    if (Failures.cause(error) instanceof DewatermarkTaskException e && e.billed() == Billed.NO) {
                        RunningTask.note(exchange, e.taskId(), State.FAILED);
                    }
                })
                .thenCompose(task -> calls.call(ApiCall.DOWNLOAD, () -> download(exchange, task, name))
                        .exceptionallyCompose(error -> CompletableFuture.failedFuture(undelivered(task, error))));
    }

    private Outcome download(Exchange exchange, VideoTask task, String name) {
        if (task.downloadUrl() == null) {
            throw new DewatermarkTaskException(
                    task.taskId(), "is completed and paid, but has no download URL", Billed.YES, true, null);
        }
        Spool spool = new Spool(tempFolder);
        try {
            long length = client.download(task.downloadUrl(), spool);
            SpooledBody clip = SpooledBody.of(spool, name, exchange);
            RunningTask.note(exchange, task.taskId(), State.DELIVERED);
            LOG.info("Video task {} is done: {}, {} bytes", task.taskId(), name, length);
            return outcome(task, Outcome.body(clip));
        } catch (IOException e) {
            spool.discard();
            throw new DewatermarkTaskException(
                    task.taskId(), "is paid, but its result could not be kept: " + e.getMessage(), Billed.YES, true, e);
        } catch (RuntimeException e) {
            spool.discard();
            throw e;
        }
    }

    private static Outcome submitted(Exchange exchange, VideoTask task) {
        RunningTask.forget(exchange); // from here on it is the header that asks for it
        return outcome(task, Outcome.sameBody());
    }

    private static Outcome outcome(VideoTask task, Outcome outcome) {
        BigDecimal credits = task.duration() == null
                ? null
                : BigDecimal.valueOf(task.duration())
                        .multiply(CREDITS_PER_SECOND)
                        .setScale(3, RoundingMode.HALF_UP);
        return outcome.header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name())
                .header(DewatermarkConstants.HAS_WATERMARK, task.hasWatermark())
                .header(DewatermarkConstants.VIDEO_DURATION, task.duration())
                .header(DewatermarkConstants.CREDITS_CHARGED, credits);
    }

    private static Throwable undelivered(VideoTask task, Throwable error) {
        Throwable cause = Failures.cause(error);
        if (cause instanceof DewatermarkTaskException) {
            return cause;
        }
        // a new look at the task brings a new URL, unless that is what must not be called
        boolean retryable = !(cause instanceof DewatermarkTransportException e) || e.retryable();
        return new DewatermarkTaskException(
                task.taskId(),
                "is completed and paid, but its result could not be downloaded; resume it by its id within 2 days: "
                        + cause.getMessage(),
                Billed.YES,
                retryable,
                cause);
    }
}
