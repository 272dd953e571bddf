package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.SpooledBody;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.observe.Charges;
import io.github.cameldewatermark.operation.RunningTask.State;
import io.github.cameldewatermark.video.PollSchedule;
import io.github.cameldewatermark.video.TaskFailures;
import io.github.cameldewatermark.video.TaskPoller;
import io.github.cameldewatermark.video.TaskSubmitter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans a clip: upload, submit, poll, download. Only the submit costs money, and each exchange submits once: each step is
 * noted on the exchange before it is taken, and a redelivery continues from there.
 */
public final class VideoOperation implements Operation {

    static final String NAME = "video";

    private static final Logger LOG = LoggerFactory.getLogger(VideoOperation.class);

    private final DewatermarkClient client;
    private final TempFolder tempFolder;
    private final Charges charges;
    private final boolean waitForCompletion;
    private final Delays delays;
    private final Backlog backlog;
    private final CallDispatcher calls;
    private final CallDispatcher storage;
    private final ClipJournal journal;
    private final CreditGuard credits;
    private final ClipSubmission.Services submissions;
    private final TaskPoller poller;

    public VideoOperation(OperationContext context, DewatermarkConfiguration configuration) {
        this.client = context.client();
        this.tempFolder = context.tempFolder();
        this.charges = context.activity().charges();
        this.waitForCompletion = configuration.isWaitForCompletion();
        this.delays = context.newDelays();
        this.backlog = context.backlog();
        this.calls = context.newCalls(delays, configuration);
        // storage is another server with rate limits of its own
        this.storage = context.newCalls(new RateGate(Clock.systemUTC()), delays, configuration);
        this.journal = new ClipJournal(context, delays, Duration.ofMillis(configuration.getMaxThrottleWait()));
        this.credits = context.newCredits(NAME, delays, configuration);
        this.submissions = new ClipSubmission.Services(
                client, calls, storage, new TaskSubmitter(client, calls), journal, tempFolder, charges, credits);
        PollSchedule schedule = new PollSchedule(
                Duration.ofMillis(configuration.getPollInterval()),
                Duration.ofMillis(configuration.getMaxPollInterval()),
                Duration.ofMillis(configuration.getTaskTimeout()));
        this.poller = new TaskPoller(
                client, calls, delays, schedule, context.activity().tasks(), Clock.systemUTC());
    }

    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        CompletableFuture<VideoTask> task = new ClipSubmission(submissions, exchange).task();
        return waitForCompletion
                ? task.thenCompose(submitted -> finish(exchange, submitted))
                : task.thenApply(submitted -> submitted(exchange, submitted));
    }

    /** A task in the journal is resumed by the next exchange with the same clip, so that costs nothing. */
    @Override
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        RunningTask task = RunningTask.current(exchange);
        return end.billed() == Billed.NO || task != null && task.entry() != null;
    }

    @Override
    public boolean isRemembered() {
        return journal.isThere();
    }

    @Override
    public CompletableFuture<Void> probe(Duration wait) {
        return credits.probe(wait);
    }

    @Override
    public void close() {
        delays.close();
    }

    private CompletableFuture<Outcome> finish(Exchange exchange, VideoTask submitted) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, submitted.taskId(), String.class);
        backlog.beginsToWaitForTask();
        return poller.completion(submitted, name)
                .whenComplete((task, error) -> {
                    backlog.endsToWaitForTask();
                    if (Failures.cause(error) instanceof DewatermarkTaskException e && e.billed() == Billed.NO) {
                        noteFailed(exchange);
                    } else if (error == null) {
                        charges.completed(task);
                        journal.completed(RunningTask.current(exchange), task, name);
                    }
                })
                .thenCompose(task -> download(task)
                        .thenApply(spool -> delivered(exchange, task, name, spool))
                        .exceptionallyCompose(error ->
                                CompletableFuture.failedFuture(notDownloaded(exchange, task, Failures.cause(error)))));
    }

    /** What is gone isn't paid for again by itself. */
    private Throwable notDownloaded(Exchange exchange, VideoTask task, Throwable cause) {
        if ((ClipSubmission.isExpired(cause) || task.downloadUrl() == null) && task.isResultExpired(Instant.now())) {
            DewatermarkTaskException gone = TaskFailures.gone(task.taskId(), task.resultExpires(), cause);
            journal.lost(RunningTask.current(exchange), gone.billed(), gone.getMessage());
            return gone;
        }
        return undelivered(task, cause);
    }

    private CompletableFuture<Spool> download(VideoTask task) {
        return new ClipDownload(client, storage, tempFolder)
                .of(task, () -> calls.call(ApiCall.STATUS, () -> client.status(task.taskId())));
    }

    private Outcome delivered(Exchange exchange, VideoTask task, String name, Spool spool) {
        try {
            SpooledBody clip = SpooledBody.of(spool.content(name), exchange);
            boolean again = journal.isHandedOnAgain(RunningTask.current(exchange), task);
            LOG.info(
                    "Video task {} is done: {}, {} s, {} credits, {} bytes",
                    task.taskId(),
                    name,
                    task.duration(),
                    Charges.price(task),
                    clip.length());
            return Outcome.result(clip)
                    .header(DewatermarkConstants.TASK_ID, task.taskId())
                    .header(DewatermarkConstants.TASK_STATUS, task.status().name())
                    .header(DewatermarkConstants.HAS_WATERMARK, task.hasWatermark())
                    .header(DewatermarkConstants.VIDEO_DURATION, task.duration())
                    .header(DewatermarkConstants.CREDITS_CHARGED, again ? BigDecimal.ZERO : Charges.price(task))
                    .header(DewatermarkConstants.PAY_AGAIN, null)
                    .header(DewatermarkConstants.FROM_JOURNAL, again ? true : null);
        } catch (IOException e) {
            spool.discard();
            throw TaskFailures.undelivered(task.taskId(), true, e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
    }

    /** Returns the outcome without the cleaned clip. The price is reported when the clip is fetched. */
    private Outcome submitted(Exchange exchange, VideoTask task) {
        if (task.status() == Status.FAILED) {
            noteFailed(exchange);
            throw TaskFailures.refunded(task.taskId());
        }
        journal.handedOn(RunningTask.current(exchange));
        RunningTask.forget(exchange); // from now on the header refers to the task
        return Outcome.sameBody()
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name());
    }

    private void noteFailed(Exchange exchange) {
        RunningTask failed = RunningTask.current(exchange).is(State.FAILED).note(exchange);
        journal.refunded(failed);
        charges.refunded(failed.taskId());
    }

    private static Throwable undelivered(VideoTask task, Throwable cause) {
        if (cause instanceof DewatermarkTaskException) {
            return cause;
        }
        // Asking for the status again brings a new URL, unless URLs of this host are not allowed at all.
        boolean retryable = !(cause instanceof DewatermarkTransportException e) || e.retryable();
        return TaskFailures.undelivered(task.taskId(), retryable, cause);
    }
}
