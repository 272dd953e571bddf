package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.HeapShare;
import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.UploadTicket;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.observe.Charges;
import io.github.cameldewatermark.operation.RunningTask.State;
import io.github.cameldewatermark.video.TaskFailures;
import io.github.cameldewatermark.video.TaskSubmitter;
import java.math.BigDecimal;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Submits the clip of one exchange exactly once: resumes the task that the clip already has, or creates one. Each step is
 * noted on the exchange before it is taken and, before the submit, in the journal.
 */
final class ClipSubmission {

    private static final Logger LOG = LoggerFactory.getLogger(ClipSubmission.class);

    /** The statuses with which storage services answer when a signed URL has expired; they differ. */
    private static final Set<Integer> EXPIRED = Set.of(400, 401, 403, 404, 410);

    /** What all submissions of one operation share. */
    record Services(
            DewatermarkClient client,
            CallDispatcher calls,
            CallDispatcher storage,
            TaskSubmitter submitter,
            ClipJournal journal,
            TempFolder tempFolder,
            Charges charges,
            CreditGuard credits) {}

    private final Services services;
    private final Exchange exchange;
    private boolean secondTicket;
    private boolean paysAgain;
    private Claim claim = Claim.WITHOUT_JOURNAL;
    private Payload clip;

    ClipSubmission(Services services, Exchange exchange) {
        this.services = services;
        this.exchange = exchange;
    }

    /** Returns the submitted task, which may be completed already. */
    CompletableFuture<VideoTask> task() {
        Object clip = body();
        paysAgain = clip != null && PayAgain.isAsked(exchange, clip);
        RunningTask running = paysAgain ? null : RunningTask.of(exchange);
        // what the journal knows is gone on with by its claim, as others may have the same clip
        return running == null || running.entry() != null ? begin() : resume(running);
    }

    /** Whether this failure means that a signed URL has expired. */
    static boolean isExpired(Throwable cause) {
        return cause instanceof DewatermarkServiceException e && EXPIRED.contains(e.status());
    }

    private CompletableFuture<VideoTask> begin() {
        Payload payload =
                new Payload.Factory(VideoOperation.NAME, services.tempFolder(), HeapShare.NONE).body(exchange);
        clip = payload;
        try {
            return services.journal()
                    .task(exchange, payload.content(), paysAgain, this::claimed, this::known)
                    .whenComplete((submitted, error) -> payload.close());
        } catch (RuntimeException | Error e) {
            payload.close();
            throw e;
        }
    }

    private CompletableFuture<VideoTask> claimed(Claim claimed) {
        claim = claimed;
        return claim.entry() == null || claim.entry().taskId() == null ? create() : resume(recorded(claim.entry()));
    }

    /** The platform decides about a task, whatever the journal knows. */
    private CompletableFuture<VideoTask> known(Entry entry) {
        if (entry.taskId() == null) {
            throw PayAgain.needed(entry, exchange.getMessage().getHeader(Exchange.FILE_NAME, "The clip", String.class));
        }
        return resume(recorded(entry));
    }

    private CompletableFuture<VideoTask> create() {
        return ifCreditsLast(clip.content().name(), () -> services.calls().call(ApiCall.CREATE_UPLOAD, () -> {
                    services.tempFolder().requireSpaceFor(clip.content()); // for the result, before it is charged
                    return services.client().createUpload();
                }))
                .thenCompose(this::upload);
    }

    private CompletableFuture<VideoTask> upload(UploadTicket ticket) {
        RunningTask task = new RunningTask(ticket.taskId(), State.BEGUN, body(), null).note(exchange);
        return services.storage()
                .call(ApiCall.UPLOAD, () -> {
                    services.client().upload(ticket.uploadUrl(), clip.content());
                    // not noted before the journal has it: a redelivery would submit it without the journal
                    return task.is(State.UPLOADED);
                })
                .handle((uploaded, error) ->
                        error == null ? uploaded(uploaded) : notUploaded(task, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<VideoTask> notUploaded(RunningTask task, Throwable cause) {
        if (!isExpired(cause) || secondTicket) {
            return CompletableFuture.failedFuture(cause);
        }
        LOG.debug(
                "The upload URL of video task {} is no longer taken, nothing was charged for it: starting anew",
                task.taskId());
        secondTicket = true;
        return create();
    }

    private CompletableFuture<VideoTask> uploaded(RunningTask task) {
        claim.uploaded(task.taskId());
        String what = clip.content().name() + ", " + clip.content().length() + " bytes";
        return submit(task.with(claim.entry()).note(exchange), what);
    }

    private CompletableFuture<VideoTask> submit(RunningTask task, String what) {
        heardToPayAgain();
        services.charges().submitting(task.taskId());
        return services.submitter()
                .submit(task.taskId())
                .whenComplete((submitted, error) -> {
                    if (error != null) {
                        services.credits().failed(error);
                    }
                })
                .thenApply(submitted -> {
                    LOG.info("Video task {} is submitted: {}", task.taskId(), what);
                    submitted(task);
                    services.credits().spent(Charges.price(submitted));
                    return submitted;
                });
    }

    private void heardToPayAgain() {
        if (paysAgain) {
            PayAgain.heard(exchange, body());
        }
    }

    private void submitted(RunningTask task) {
        heardToPayAgain();
        claim.submitted();
        task.is(State.SUBMITTED)
                .with(claim.entry() == null ? task.entry() : claim.entry())
                .note(exchange);
    }

    private CompletableFuture<VideoTask> resume(RunningTask running) {
        LOG.info("Video task {} is resumed", running.taskId());
        running.note(exchange);
        return services.calls()
                .call(ApiCall.STATUS, () -> services.client().status(running.taskId()))
                .handle((task, error) -> error == null ? goOn(running, task) : unseen(running, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<VideoTask> goOn(RunningTask running, VideoTask task) {
        if (task.status() != Status.CREATED) {
            submitted(running);
            return CompletableFuture.completedFuture(task);
        }
        if (paysAgain && claim.entry() != null) {
            return create(); // whatever keeps that task from being submitted
        }
        // if the message has no clip, only a task id, the clip must have been uploaded elsewhere
        if (running.state() == State.UPLOADED || !RunningTask.hasClip(exchange.getMessage())) {
            return ifCreditsLast(
                    "Video task " + running.taskId(), () -> submit(running, "a clip that was uploaded before"));
        }
        LOG.debug("Video task {} was never submitted, nothing was charged for it: starting anew", task.taskId());
        return begin();
    }

    private CompletableFuture<VideoTask> unseen(RunningTask running, Throwable cause) {
        boolean unknown = cause instanceof DewatermarkServiceException e && (e.status() == 404 || e.status() == 410);
        if (!unknown) {
            Billed billed = running.isPaid() ? Billed.YES : Billed.UNKNOWN;
            return CompletableFuture.failedFuture(TaskFailures.unseen(running.taskId(), billed, cause));
        }
        DewatermarkTaskException failure = TaskFailures.unknown(running.taskId(), cause);
        services.journal().lost(running, failure.billed(), failure.getMessage());
        return CompletableFuture.failedFuture(failure);
    }

    /** Does the work if there are enough credits. The price is 0 here, as the length of the clip isn't known yet. */
    private <T> CompletableFuture<T> ifCreditsLast(String what, Supplier<CompletableFuture<T>> work) {
        return services.credits().pass(what, BigDecimal.ZERO, work);
    }

    /** Returns a task from the journal; its clip has been uploaded, because tasks are recorded only after that. */
    private RunningTask recorded(Entry entry) {
        return new RunningTask(entry.taskId(), State.UPLOADED, body(), entry);
    }

    private Object body() {
        return exchange.getMessage().getBody();
    }
}
