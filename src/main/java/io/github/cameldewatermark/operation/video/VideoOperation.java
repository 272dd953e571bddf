package io.github.cameldewatermark.operation.video;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.video.ClipJob.RunningTask;
import io.github.cameldewatermark.task.PollSchedule;
import io.github.cameldewatermark.task.TaskFailures;
import io.github.cameldewatermark.task.TaskPoller;
import io.github.cameldewatermark.task.TaskSubmitter;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cleans a clip. Only the submit costs money, and each exchange submits once: each step is noted on the exchange and, before the
 * submit, in the journal, and a redelivery continues from there.
 */
public final class VideoOperation extends Operation {

    static final String NAME = "video";

    private static final Logger LOG = LoggerFactory.getLogger(VideoOperation.class);

    private final Brushes brushes;
    private final ClipSearch search;
    private final ClipUpload upload;
    private final TaskSubmitter submitter;
    private final TaskPoller poller;
    private final ClipDelivery delivery;

    /**
     * @throws IOException if the brush of the options can't be read
     */
    public VideoOperation(OperationContext context) throws IOException {
        super(NAME, context);
        CallDispatcher calls = context.newCalls();
        // storage is another server with rate limits of its own
        CallDispatcher storage = context.newCalls(new RateGate(Clock.systemUTC()));
        DewatermarkConfiguration options = context.options();
        PollSchedule schedule = new PollSchedule(
                Duration.ofMillis(options.getPollInterval()),
                Duration.ofMillis(options.getMaxPollInterval()),
                Duration.ofMillis(options.getTaskTimeout()));
        this.brushes = new Brushes(NAME, context.camelContext(), options);
        this.search = new ClipSearch(context.client(), calls);
        this.upload = new ClipUpload(context, calls, storage);
        this.submitter = new TaskSubmitter(context.client(), calls);
        this.poller = new TaskPoller(
                context.client(),
                calls,
                context.delays(),
                schedule,
                context.activity().tasks(),
                Clock.systemUTC());
        this.delivery = new ClipDelivery(context, calls, storage);
    }

    /** Reads the message, finds the task of its clip or submits one, polls it, and delivers its result. */
    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        ClipJob job = new ClipJob(context, brushes, exchange);
        return CompletableFuture.completedFuture(job)
                .thenCompose(search::find)
                .thenCompose(task -> isSubmitted(task) ? CompletableFuture.completedFuture(task) : pay(job, task))
                .whenComplete((task, error) -> job.release(error))
                .thenCompose(task -> context.options().isWaitForCompletion()
                        ? poll(job, task).thenCompose(completed -> delivery.outcome(job, completed))
                        : CompletableFuture.completedFuture(handedOn(job, task)));
    }

    private static boolean isSubmitted(VideoTask task) {
        return task != null && task.status() != Status.CREATED;
    }

    /**
     * Makes the mask, sees to the credits, uploads the clip and submits its task.
     *
     * @param uploaded the task that the clip is uploaded to already, or {@code null}
     */
    private CompletableFuture<VideoTask> pay(ClipJob job, VideoTask uploaded) {
        String what = uploaded == null ? job.clip().name() : "Video task " + uploaded.taskId();
        return job.mask()
                // nothing is reserved, as the length of the clip isn't known yet
                .thenCompose(mask -> credits.reserve(what, BigDecimal.ZERO, Prices.PER_SECOND)
                        .thenCompose(enough ->
                                uploaded == null ? upload.upload(job) : CompletableFuture.completedFuture(null))
                        .thenCompose(ready -> submit(job, mask, uploaded == null)));
    }

    private CompletableFuture<VideoTask> submit(ClipJob job, Content mask, boolean uploadedNow) {
        String taskId = job.task().taskId();
        String what = uploadedNow
                ? job.clip().name() + ", " + job.clip().length() + " bytes"
                : "a clip that was uploaded before";
        job.submitting();
        return submitter.submit(taskId, mask).whenComplete((submitted, error) -> {
            if (error == null) {
                LOG.info("Video task {} is submitted: {}", taskId, what);
                credits.spent(context.prices().of(submitted));
                job.submitted();
            } else {
                credits.failed(error);
                context.balance().prices().taskEnds(taskId);
            }
        });
    }

    private CompletableFuture<VideoTask> poll(ClipJob job, VideoTask submitted) {
        context.backlog().beginsToWaitForTask();
        return poller.completion(submitted, job.name(submitted.taskId())).whenComplete((completed, error) -> {
            context.backlog().endsToWaitForTask();
            if (error == null) {
                job.completed(completed);
                return;
            }
            context.balance().prices().taskEnds(submitted.taskId());
            if (Failures.cause(error) instanceof DewatermarkTaskException e && e.billed() == Billed.NO) {
                job.refunded();
            }
        });
    }

    /** Returns the outcome without the cleaned clip. The price is reported when the clip is fetched. */
    private static Outcome handedOn(ClipJob job, VideoTask task) {
        if (task.status() == Status.FAILED) {
            job.refunded();
            throw TaskFailures.refunded(task.taskId());
        }
        job.handedOn();
        return job.describe(Outcome.sameBody())
                .header(DewatermarkConstants.TASK_ID, task.taskId())
                .header(DewatermarkConstants.TASK_STATUS, task.status().name());
    }

    /** A task in the journal is resumed by the next exchange with the same clip, so that costs nothing. */
    @Override
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        RunningTask task = ClipJob.task(exchange);
        return end.billed() == Billed.NO || task != null && task.entry() != null;
    }
}
