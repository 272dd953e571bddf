package io.github.cameldewatermark.operation;

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
import io.github.cameldewatermark.journal.KeyLocks;
import io.github.cameldewatermark.operation.RunningTask.State;
import io.github.cameldewatermark.video.TaskFailures;
import io.github.cameldewatermark.video.TaskRecord;
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
            CreditGuard credits,
            KeyLocks keys,
            Delays delays) {}

    private final Services services;
    private final Exchange exchange;
    private boolean secondTicket;
    private boolean paysAgain;
    private TaskRecord replaced;

    ClipSubmission(Services services, Exchange exchange) {
        this.services = services;
        this.exchange = exchange;
    }

    /** Returns the submitted task, which may be completed already. */
    CompletableFuture<VideoTask> task() {
        Object clip = body();
        paysAgain = clip != null && PayAgain.isAsked(exchange, clip);
        RunningTask running = paysAgain ? null : RunningTask.of(exchange);
        return running == null ? begin() : resume(running);
    }

    /** Whether this failure means that a signed URL has expired. */
    static boolean isExpired(Throwable cause) {
        return cause instanceof DewatermarkServiceException e && EXPIRED.contains(e.status());
    }

    private CompletableFuture<VideoTask> begin() {
        Payload clip = new Payload.Factory("video", services.tempFolder(), HeapShare.NONE).body(exchange);
        try {
            String key = services.journal().key(exchange, clip.content());
            String name = clip.content().name();
            CompletableFuture<VideoTask> task = key == null
                    ? create(clip, null)
                    : services.keys().alone(key, "video", name, services.delays(), waited -> begin(clip, key, waited));
            return task.whenComplete((submitted, error) -> clip.close());
        } catch (RuntimeException | Error e) {
            clip.close();
            throw e;
        }
    }

    private CompletableFuture<VideoTask> begin(Payload clip, String key, boolean waited) {
        TaskRecord known = services.journal().find(key);
        if (known == null) {
            return create(clip, key);
        }
        if (paysAgain && !waited) { // who has waited gets what was paid for meanwhile
            replaced = known;
            return create(clip, key);
        }
        return resume(recorded(known));
    }

    private CompletableFuture<VideoTask> create(Payload clip, String key) {
        return ifCreditsLast(clip.content().name(), () -> services.calls().call(ApiCall.CREATE_UPLOAD, () -> {
                    services.tempFolder().requireSpaceFor(clip.content()); // for the result, before it is charged
                    return services.client().createUpload();
                }))
                .thenCompose(ticket -> upload(ticket, clip, key));
    }

    private CompletableFuture<VideoTask> upload(UploadTicket ticket, Payload clip, String key) {
        RunningTask task = new RunningTask(ticket.taskId(), State.BEGUN, body(), null).note(exchange);
        return services.storage()
                .call(ApiCall.UPLOAD, () -> {
                    services.client().upload(ticket.uploadUrl(), clip.content());
                    // not noted before claim(): a redelivery would submit the task without recording it in the journal
                    return task.is(State.UPLOADED);
                })
                .handle((uploaded, error) -> error == null
                        ? claim(uploaded, clip, key)
                        : notUploaded(task, clip, key, Failures.cause(error)))
                .thenCompose(Function.identity());
    }

    private CompletableFuture<VideoTask> notUploaded(RunningTask task, Payload clip, String key, Throwable cause) {
        if (!isExpired(cause) || secondTicket) {
            return CompletableFuture.failedFuture(cause);
        }
        LOG.debug(
                "The upload URL of video task {} is no longer taken, nothing was charged for it: starting anew",
                task.taskId());
        secondTicket = true;
        return create(clip, key);
    }

    /** Records the task in the journal: from now on, every exchange and process with the same clip resumes this task. */
    private CompletableFuture<VideoTask> claim(RunningTask task, Payload clip, String key) {
        services.journal().forget(replaced);
        if (paysAgain) {
            PayAgain.heard(exchange, body());
        }
        TaskRecord record =
                services.journal().record(key, task.taskId(), clip.content().name());
        if (record != null && !record.taskId().equals(task.taskId())) {
            LOG.debug("Video task {} is for the same clip as {}, which is used", task.taskId(), record.taskId());
            return resume(recorded(record));
        }
        String what = clip.content().name() + ", " + clip.content().length() + " bytes";
        return submit(task.with(record).note(exchange), what);
    }

    private CompletableFuture<VideoTask> submit(RunningTask task, String what) {
        services.charges().submitting(task.taskId());
        return services.submitter().submit(task.taskId()).thenApply(submitted -> {
            LOG.info("Video task {} is submitted: {}", task.taskId(), what);
            task.is(State.SUBMITTED).note(exchange);
            services.credits().spent(Charges.price(submitted));
            return submitted;
        });
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
            running.is(State.SUBMITTED).note(exchange);
            return CompletableFuture.completedFuture(task);
        }
        // if the message has no clip, only a task id, the clip must have been uploaded elsewhere
        if (running.state() == State.UPLOADED || !RunningTask.hasClip(exchange.getMessage())) {
            return ifCreditsLast(
                    "Video task " + running.taskId(), () -> submit(running, "a clip that was uploaded before"));
        }
        LOG.debug("Video task {} was never submitted, nothing was charged for it: starting anew", task.taskId());
        services.journal().forget(running.record());
        return begin();
    }

    private CompletableFuture<VideoTask> unseen(RunningTask running, Throwable cause) {
        boolean unknown = cause instanceof DewatermarkServiceException e && (e.status() == 404 || e.status() == 410);
        if (!unknown) {
            Billed billed = running.state() == State.SUBMITTED ? Billed.YES : Billed.UNKNOWN;
            return CompletableFuture.failedFuture(TaskFailures.unseen(running.taskId(), billed, cause));
        }
        return CompletableFuture.failedFuture(TaskFailures.unknown(running.taskId(), cause));
    }

    /** Does the work if there are enough credits. The price is 0 here, as the length of the clip isn't known yet. */
    private <T> CompletableFuture<T> ifCreditsLast(String what, Supplier<CompletableFuture<T>> work) {
        return services.credits().pass(what, BigDecimal.ZERO, work);
    }

    /** Returns a task from the journal; its clip has been uploaded, because tasks are recorded only after that. */
    private RunningTask recorded(TaskRecord record) {
        return new RunningTask(record.taskId(), State.UPLOADED, body(), record);
    }

    private Object body() {
        return exchange.getMessage().getBody();
    }
}
