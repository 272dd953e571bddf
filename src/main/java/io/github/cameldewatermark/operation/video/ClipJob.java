package io.github.cameldewatermark.operation.video;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.HeapShare;
import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.throttle.PriceWatch;
import io.github.cameldewatermark.clip.ClipInfo;
import io.github.cameldewatermark.clip.ClipInspector;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.TaskEntries;
import io.github.cameldewatermark.observe.Charges;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.HeldContent;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.RequestKey;
import java.math.BigDecimal;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What the message of an exchange asks for, and how far its task is. Each step of the task is noted on the exchange, in the
 * journal, if there is one, and for monitoring.
 */
final class ClipJob {

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    private final OperationContext context;
    private final Exchange exchange;
    private final Object body;
    private final String fileName;
    private final String taskKey;
    private final ClipBrush brush;
    private final PayAgain payAgain;
    private final Charges charges;

    /** {@code null} without a journal. */
    private final TaskEntries entries;

    private RunningTask task;
    private Payload payload;
    private ClipInfo original = ClipInfo.UNKNOWN;
    private HeldContent held;

    /** Reads the message of an exchange; its clip and its brush are read when they are needed. */
    ClipJob(OperationContext context, Brushes brushes, Exchange exchange) {
        Message message = exchange.getMessage();
        this.context = context;
        this.exchange = exchange;
        this.body = message.getBody();
        this.fileName = message.getHeader(Exchange.FILE_NAME, String.class);
        String key = message.getHeader(DewatermarkConstants.TASK_KEY, String.class);
        this.taskKey = key == null || key.isBlank() ? null : key;
        this.brush = new ClipBrush(context, brushes, exchange);
        this.payAgain = PayAgain.read(exchange);
        this.charges = context.activity().charges();
        this.entries = context.claims() == null
                ? null
                : new TaskEntries(context.claims().journal());
        String asked = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        this.task = paysAgain() ? null : toBeResumed(asked == null || asked.isBlank() ? null : asked);
    }

    /**
     * Returns the task to resume: the one that an earlier delivery of the same clip has begun, or the one that the header
     * names. An id that an earlier call left in the header is ignored if the body is another clip.
     *
     * @param asked the id in the header, or {@code null}
     */
    private RunningTask toBeResumed(String asked) {
        RunningTask known = task(exchange);
        boolean meansKnown = known != null && (asked == null || asked.equals(known.taskId()));
        if (meansKnown && known.clip() == body && known.state() != State.FAILED) {
            return known;
        }
        return asked == null || meansKnown && hasClip() ? null : new RunningTask(asked, State.BEGUN, body, null);
    }

    /** Whether the message has a body that a task can be begun with. */
    boolean hasClip() {
        return body != null && !(body instanceof String);
    }

    boolean paysAgain() {
        return body != null && payAgain.isAsked();
    }

    /** Returns the name of the clip, for messages. */
    String name(String unnamed) {
        return fileName == null ? unnamed : fileName;
    }

    /**
     * Returns the clip, to be sent.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkInputException if the body can't be sent, or is no clip
     */
    Content clip() {
        if (payload == null) {
            payload = new Payload.Factory(VideoOperation.NAME, context.tempFolder(), HeapShare.NONE).body(exchange);
            original = ClipInspector.inspect(payload.content());
        }
        return payload.content();
    }

    /** Returns what the header of the clip says, if it was read. */
    ClipInfo original() {
        return original;
    }

    /**
     * Returns what to erase, to be submitted with the task; {@code null} if that is left to the platform.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkInputException if that can't be said of this clip
     */
    CompletableFuture<Content> mask() {
        if (!brush.isPresent()) {
            return CompletableFuture.completedFuture(null);
        }
        if (!hasClip()) {
            throw ClipBrush.withoutClip(task.taskId());
        }
        String name = clip().name();
        return brush.mask(name, original);
    }

    /** Adds what the header of the clip says, if it was read, and removes the brush, which is used. */
    Outcome describe(Outcome outcome) {
        return Brushes.used(outcome)
                .header(DewatermarkConstants.ORIGINAL_FORMAT, original.container())
                .header(DewatermarkConstants.ORIGINAL_WIDTH, original.width())
                .header(DewatermarkConstants.ORIGINAL_HEIGHT, original.height())
                .header(DewatermarkConstants.ORIGINAL_DURATION, original.seconds())
                .header(DewatermarkConstants.ORIGINAL_FRAME_RATE, original.frameRate());
    }

    /** Returns the task, {@code null} as long as there is none. */
    RunningTask task() {
        return task;
    }

    /** Returns the task that an exchange has, or {@code null}. */
    static RunningTask task(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RunningTask.class);
    }

    /** From now on this exchange works on the clip, and no other one does. */
    CompletableFuture<HeldContent> hold() {
        return HeldContent.hold(context, VideoOperation.NAME, clip().name(), paysAgain(), this::key)
                .thenApply(content -> held = content);
    }

    /** Returns the key under which a journal knows the clip, if an account pays for it. */
    private String key(String account) {
        RequestKey key =
                new RequestKey(account, VideoOperation.NAME).text(taskKey).content(taskKey == null ? clip() : null);
        return (brush.isPresent() ? key.content(brush.source()) : key).hex();
    }

    Claim claim() {
        return held == null ? Claim.WITHOUT_JOURNAL : held.claim();
    }

    /** The task is submitted, or won't be: others may work on the clip. */
    void release(Throwable error) {
        if (held != null) {
            held.release(error);
        }
        if (payload != null) {
            payload.close();
        }
        brush.close();
    }

    /** The exchange has this task from now on. */
    void note(String taskId, State state, Entry entry) {
        note(new RunningTask(taskId, state, body, entry));
    }

    /** Keeps a task on the exchange, and its id in a header of the message. */
    private void note(RunningTask noted) {
        task = noted;
        exchange.setProperty(PROPERTY, noted);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, noted.taskId());
    }

    void resumed() {
        note(task);
    }

    /** The clip is uploaded. The journal notes that first: otherwise a redelivery would submit it without the journal. */
    void uploaded() {
        claim().uploaded(task.taskId());
        note(task.taskId(), State.UPLOADED, claim().entry());
    }

    /** The task is about to be submitted. */
    void submitting() {
        paidAgain();
        charges.submitting(task.taskId());
        context.balance().prices().taskBegins(task.taskId());
    }

    /** The task is submitted, whoever has submitted it. */
    void submitted() {
        paidAgain();
        claim().submitted();
        Entry entry = claim().entry() == null ? task.entry() : claim().entry();
        note(new RunningTask(task.taskId(), State.SUBMITTED, task.clip(), entry));
    }

    private void paidAgain() {
        if (body != null) {
            payAgain.obeyed();
        }
    }

    /** The task is completed, and so it is charged. */
    void completed(VideoTask completed) {
        BigDecimal price = context.prices().of(completed);
        charges.completed(completed.taskId(), price);
        PriceWatch watch = context.balance().prices();
        if (price == null) {
            watch.taskEnds(completed.taskId());
        } else {
            watch.taskPaid(completed.taskId(), Prices.PER_SECOND, BigDecimal.valueOf(completed.duration()), price);
        }
        if (task.entry() != null) {
            entries.completed(task.entry(), price);
        } else if (entries != null) {
            entries.completed(VideoOperation.NAME, name(task.taskId()), task.taskId(), price);
        }
    }

    /** The id of the task is handed on, which was all that was asked for. From then on, only the header refers to it. */
    void handedOn() {
        if (task.entry() != null) {
            entries.handedOn(task.entry(), null);
        }
        context.balance().prices().taskEnds(task.taskId());
        exchange.removeProperty(PROPERTY);
    }

    /** The clip is handed on. Returns whether that was so before, so that it was said what it has cost. */
    boolean isHandedOnAgain(VideoTask completed) {
        return task.entry() != null
                && entries.handedOn(task.entry(), context.prices().of(completed));
    }

    /** The task has failed and is refunded. */
    void refunded() {
        note(new RunningTask(task.taskId(), State.FAILED, task.clip(), task.entry()));
        if (task.entry() != null) {
            entries.refunded(task.entry());
        }
        charges.refunded(task.taskId());
        context.balance().prices().taskEnds(task.taskId());
    }

    /** The platform doesn't know the task, or has no result of it any more. */
    void lost(DewatermarkTaskException failure) {
        if (task.entry() != null) {
            entries.lost(task.entry(), failure.billed(), failure.getMessage());
        }
    }

    /**
     * The task that an exchange has begun, kept as an exchange property: a redelivery restores the message but keeps the
     * properties, so it finds its task again.
     *
     * @param taskId the id of the task
     * @param state  how far the exchange is with the task
     * @param clip   the body that the task was begun with, {@code null} if it was resumed without one. A redelivery has the same
     *               body, while another clip in the same exchange is another body
     * @param entry  what the journal knows about the task, {@code null} if it doesn't know it
     */
    record RunningTask(String taskId, State state, Object clip, Entry entry) {

        /** Whether the task is known to be submitted, and so paid. */
        boolean isPaid() {
            return state == State.SUBMITTED || entry != null && entry.isSubmitted();
        }
    }

    /** How far an exchange is with a task. */
    enum State {
        /** The task has an id. */
        BEGUN,
        /** The clip is uploaded, so the task can be submitted. */
        UPLOADED,
        /** The task is submitted and charged. */
        SUBMITTED,
        /** The task failed and is refunded: a redelivery begins a new one. */
        FAILED
    }
}
