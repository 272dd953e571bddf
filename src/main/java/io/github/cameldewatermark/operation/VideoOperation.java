package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.RateGate;
import io.github.cameldewatermark.client.UploadTicket;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.operation.RunningTask.State;
import io.github.cameldewatermark.video.PollSchedule;
import io.github.cameldewatermark.video.TaskFailures;
import io.github.cameldewatermark.video.TaskPoller;
import io.github.cameldewatermark.video.TaskSubmitter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
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
    private final CallDispatcher storage;
    private final TaskSubmitter submitter;
    private final TaskPoller poller;

    public VideoOperation(OperationContext context, DewatermarkConfiguration configuration) {
        this.client = context.client();
        this.tempFolder = context.tempFolder();
        this.waitForCompletion = configuration.isWaitForCompletion();
        this.delays = context.newDelays();
        Duration maxThrottleWait = Duration.ofMillis(configuration.getMaxThrottleWait());
        this.calls = new CallDispatcher(context.gate(), delays, maxThrottleWait);
        // another server with limits of its own
        this.storage = new CallDispatcher(new RateGate(Clock.systemUTC()), delays, maxThrottleWait);
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
        Object body = exchange.getMessage().getBody();
        Payload clip = new Payload.Factory("video", tempFolder).body(exchange);
        return calls.call(ApiCall.CREATE_UPLOAD, () -> {
                    tempFolder.requireSpaceFor(clip.content()); // for the result, before it is charged
                    return client.createUpload();
                })
                .thenCompose(ticket -> upload(exchange, ticket, clip, body))
                .whenComplete((task, error) -> clip.close())
                .thenCompose(task -> submit(exchange, task));
    }

    private CompletableFuture<RunningTask> upload(Exchange exchange, UploadTicket ticket, Payload clip, Object body) {
        RunningTask task = new RunningTask(ticket.taskId(), State.BEGUN, body).note(exchange);
        return storage.call(ApiCall.UPLOAD, () -> {
            client.upload(ticket.uploadUrl(), clip.content());
            return task.is(State.UPLOADED).note(exchange);
        });
    }

    private CompletableFuture<VideoTask> submit(Exchange exchange, RunningTask task) {
        return submitter.submit(task.taskId()).thenApply(submitted -> {
            LOG.info("Video task {} is submitted", task.taskId());
            task.is(State.SUBMITTED).note(exchange);
            return submitted;
        });
    }

    private CompletableFuture<VideoTask> resume(Exchange exchange, RunningTask running) {
        LOG.info("Video task {} is resumed", running.taskId());
        running.note(exchange);
        return calls.call(ApiCall.STATUS, () -> client.status(running.taskId()))
                .handle((task, error) -> error == null
                        ? goOn(exchange, running, task)
                        : unseen(exchange, running, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<VideoTask> goOn(Exchange exchange, RunningTask running, VideoTask task) {
        if (task.status() != Status.CREATED) {
            running.is(State.SUBMITTED).note(exchange);
            return CompletableFuture.completedFuture(task);
        }
        if (running.state() == State.UPLOADED) {
            return submit(exchange, running);
        }
        LOG.info("Video task {} was never submitted, nothing was charged for it: starting anew", task.taskId());
        return begin(exchange);
    }

    private CompletableFuture<VideoTask> unseen(Exchange exchange, RunningTask running, Throwable cause) {
        String taskId = running.taskId();
        boolean unknown = cause instanceof DewatermarkServiceException e && (e.status() == 404 || e.status() == 410);
        if (!unknown) {
            Billed billed = running.state() == State.SUBMITTED ? Billed.YES : Billed.UNKNOWN;
            return CompletableFuture.failedFuture(TaskFailures.unseen(taskId, billed, cause));
        }
        if (!RunningTask.hasClip(exchange.getMessage())) {
            return CompletableFuture.failedFuture(TaskFailures.unknown(taskId, cause));
        }
        LOG.warn(
                "Video task {} is not known (any more) on the platform: starting anew, which is charged even if that"
                        + " task was",
                taskId);
        return begin(exchange);
    }

    private CompletableFuture<Outcome> finish(Exchange exchange, VideoTask submitted) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, submitted.taskId(), String.class);
        return poller.completion(submitted, name)
                .whenComplete((task, error) -> {
                    if (Failures.cause(error) instanceof DewatermarkTaskException e && e.billed() == Billed.NO) {
                        noteFailed(exchange);
                    }
                })
                .thenCompose(task -> download(task)
                        .thenApply(spool -> delivered(exchange, task, name, spool))
                        .exceptionallyCompose(error -> CompletableFuture.failedFuture(undelivered(task, error))));
    }

    private CompletableFuture<Spool> download(VideoTask task) {
        return new ClipDownload(client, storage, tempFolder)
                .of(task, () -> calls.call(ApiCall.STATUS, () -> client.status(task.taskId())));
    }

    private static Outcome delivered(Exchange exchange, VideoTask task, String name, Spool spool) {
        try {
            SpooledBody clip = SpooledBody.of(spool, name, exchange);
            RunningTask.current(exchange).is(State.DELIVERED).note(exchange);
            LOG.info("Video task {} is done: {}, {} bytes", task.taskId(), name, clip.length());
            return Outcome.body(clip)
                    .header(DewatermarkConstants.TASK_ID, task.taskId())
                    .header(DewatermarkConstants.TASK_STATUS, task.status().name())
                    .header(DewatermarkConstants.HAS_WATERMARK, task.hasWatermark())
                    .header(DewatermarkConstants.VIDEO_DURATION, task.duration())
                    .header(DewatermarkConstants.CREDITS_CHARGED, credits(task));
        } catch (IOException e) {
            spool.discard();
            throw TaskFailures.undelivered(task.taskId(), true, e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    /** The message goes on without the clip; what it cost is said where the clip is fetched. */
    private static Outcome submitted(Exchange exchange, VideoTask task) {
        if (task.status() == Status.FAILED) {
            noteFailed(exchange);
            throw TaskFailures.refunded(task.taskId());
        }
        RunningTask.forget(exchange); // from here on it is the header that asks for it
        return Outcome.sameBody()
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name());
    }

    private static BigDecimal credits(VideoTask task) {
        return task.duration() == null
                ? null
                : BigDecimal.valueOf(task.duration())
                        .multiply(CREDITS_PER_SECOND)
                        .setScale(3, RoundingMode.HALF_UP);
    }

    private static void noteFailed(Exchange exchange) {
        RunningTask.current(exchange).is(State.FAILED).note(exchange);
    }

    private static Throwable undelivered(VideoTask task, Throwable error) {
        Throwable cause = Failures.cause(error);
        if (cause instanceof DewatermarkTaskException) {
            return cause;
        }
        // a new look at the task brings a new URL, unless that is what must not be called
        boolean retryable = !(cause instanceof DewatermarkTransportException e) || e.retryable();
        return TaskFailures.undelivered(task.taskId(), retryable, cause);
    }
}
