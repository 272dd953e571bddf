package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.client.throttle.PriceWatch;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.observe.Charges;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.task.RunningTask.Stage;
import io.github.cameldewatermark.task.TaskSubmitter;
import java.math.BigDecimal;
import org.apache.camel.Exchange;

/** Notes each step of a task on the exchange, in the journal, if there is one, and for monitoring. */
final class TaskSteps implements TaskSubmitter.Watcher {

    private final TaskKind kind;
    private final Exchange exchange;
    private final Object body;
    private final PayAgain payAgain;
    private final Charges charges;
    private final PriceWatch priceWatch;
    private final boolean hasJournal;

    /** What may be spent; {@code null} if there is no limit. */
    private final SpendingLimit limit;

    private RunningTask task;
    private Claim claim;

    /**
     * @param name the name of the file, as far as it is known
     * @param task the task to resume, {@code null} if there is none
     */
    TaskSteps(
            OperationContext context,
            TaskKind kind,
            Exchange exchange,
            String name,
            PayAgain payAgain,
            RunningTask task) {
        this.kind = kind;
        this.exchange = exchange;
        this.body = exchange.getMessage().getBody();
        this.payAgain = payAgain;
        this.charges = context.activity().charges();
        this.priceWatch = context.balance().priceWatch();
        this.hasJournal = context.claims() != null;
        this.limit = context.limit();
        this.claim = task != null && task.entry() != null && hasJournal
                ? Claim.ofKnown(context.claims().journal(), task.entry(), () -> {})
                : Claim.withoutJournal(context.ledger(), kind.operation(), name, task == null ? null : task.taskId());
        this.task = task;
    }

    /** Returns the task, {@code null} as long as there is none. */
    RunningTask task() {
        return task;
    }

    Claim claim() {
        return claim;
    }

    void claim(Claim held) {
        claim = held;
    }

    /** Returns what the task costs, {@code null} if that isn't known (yet). */
    Price price() {
        return task.price() == null ? charges.price(task.taskId()) : task.price();
    }

    /**
     * The task is created.
     *
     * @param estimate the credits that it is expected to cost, {@code null} if nothing is known
     */
    void begun(String taskId, BigDecimal estimate) {
        note(new RunningTask(taskId, Stage.BEGUN, body, null, null, estimate));
    }

    /**
     * The journal knows the task. Its file is uploaded, because tasks are recorded only after that.
     *
     * @param price    {@code null} if it isn't known before the end
     * @param estimate as of {@link #begun}
     */
    void found(Entry entry, Price price, BigDecimal estimate) {
        Stage stage =
                switch (entry.state()) {
                    case SUBMITTED, RESULT -> Stage.SUBMITTED;
                    case UNKNOWN -> Stage.SUBMITTING;
                    default -> Stage.UPLOADED;
                };
        note(new RunningTask(entry.taskId(), stage, body, null, price, estimate));
    }

    void resumed() {
        note(task);
    }

    /** Keeps a task on the exchange, with what the journal knows about it, and its id in a header of the message. */
    private void note(RunningTask noted) {
        Entry entry = claim.entry();
        task = entry != null && noted.taskId().equals(entry.taskId()) ? noted.with(entry) : noted;
        task.keepOn(exchange);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, noted.taskId());
    }

    /**
     * The file is uploaded. The journal notes that first: otherwise a redelivery would submit it without the journal.
     *
     * @param price what the task costs, {@code null} if that isn't known before its end
     */
    void uploaded(Price price) {
        claim.uploaded(task.taskId());
        note(task.at(Stage.UPLOADED).with(price));
    }

    /**
     * The task is to be paid.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkCreditException if the limit doesn't allow it
     */
    void reserveInLedger() {
        claim.reserveInLedger(limit, task.estimate());
    }

    /** The task is to be submitted. */
    void submitting() {
        obeyedPayAgain();
        charges.submitting(task.taskId(), task.price());
        priceWatch.taskBegins(task.taskId());
    }

    /** If the platform can't tell whether a submit has arrived, the journal remembers that it may have. */
    @Override
    public void sending() {
        if (kind.isCreatedUnsubmitted()) {
            claim.renew();
        } else {
            claim.sending(credits(task.price()));
            note(task.at(Stage.SUBMITTING));
        }
    }

    @Override
    public void refused() {
        if (!kind.isCreatedUnsubmitted()) {
            claim.refused();
            note(task.at(Stage.UPLOADED));
        }
    }

    /** The task is submitted, whoever has submitted it. */
    void submitted() {
        obeyedPayAgain();
        claim.submitted();
        note(task.at(Stage.SUBMITTED));
    }

    /** The task may be submitted. That the platform says it is created proves nothing. */
    void maybeSubmitted() {
        obeyedPayAgain();
        claim.unclear();
        note(task);
    }

    /** The platform says that the task isn't submitted, and its file is there. */
    void unsubmitted() {
        if (claim.entry() == null) { // without a journal, nobody has noted the upload
            claim.uploaded(task.taskId());
        }
        note(task.at(Stage.UPLOADED));
    }

    private void obeyedPayAgain() {
        if (body != null) {
            payAgain.obeyed();
        }
    }

    /**
     * The task is completed, and so it is charged.
     *
     * @param price {@code null} if it isn't known
     */
    void completed(Price price) {
        // without a journal, what another process has submitted isn't counted
        boolean isOurs = charges.isSubmitted(task.taskId());
        boolean isNews = claim.completed(credits(price));
        charges.completed(task.taskId(), price, hasJournal ? isNews : isOurs);
        note(task.with(price));
        priceWatch.taskPaid(task.taskId(), price);
    }

    private static BigDecimal credits(Price price) {
        return price == null ? null : price.credits();
    }

    /** The id of the task is handed on, which was all that was asked for. From then on, only the header refers to it. */
    void idHandedOn() {
        claim.idHandedOn();
        priceWatch.taskEnds(task.taskId());
        RunningTask.removeFrom(exchange);
    }

    /** The result is handed on. Returns whether that was so before, so that it was said what it has cost. */
    boolean isHandedOnAgain(Price price) {
        return claim.handedOn(credits(price));
    }

    /** The task isn't waited for any more. */
    void left() {
        priceWatch.taskEnds(task.taskId());
    }

    /** The task has failed and is refunded. */
    void refunded() {
        note(task.at(Stage.FAILED));
        claim.refunded();
        charges.refunded(task.taskId());
        left();
    }

    /** Only a person can decide what becomes of it: the platform doesn't know the task, or doesn't have its result any more. */
    void lost(DewatermarkTaskException failure) {
        claim.lost(failure.billed(), failure.getMessage());
    }
}
