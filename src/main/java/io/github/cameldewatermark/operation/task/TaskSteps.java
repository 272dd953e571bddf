package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.client.throttle.PriceWatch;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.journal.TaskEntries;
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
    private final PriceWatch prices;

    private final TaskEntries entries;

    /** What may be spent; {@code null} if there is no limit. */
    private final SpendingLimit limit;

    private RunningTask task;
    private Claim claim;

    /** @param task the task to resume, {@code null} if there is none */
    TaskSteps(OperationContext context, TaskKind kind, Exchange exchange, PayAgain payAgain, RunningTask task) {
        this.kind = kind;
        this.exchange = exchange;
        this.body = exchange.getMessage().getBody();
        this.payAgain = payAgain;
        this.charges = context.activity().charges();
        this.prices = context.balance().priceWatch();
        this.entries = new TaskEntries(
                context.claims() == null ? null : context.claims().journal(), context.ledger());
        this.limit = context.limit();
        this.claim = Claim.withoutJournal(context.ledger());
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
        note(new RunningTask(entry.taskId(), stage, body, entry, price, estimate));
    }

    void resumed() {
        note(task);
    }

    /** Keeps a task on the exchange, and its id in a header of the message. */
    private void note(RunningTask noted) {
        task = noted;
        noted.keepOn(exchange);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, noted.taskId());
    }

    /**
     * The file is uploaded. The journal notes that first: otherwise a redelivery would submit it without the journal.
     *
     * @param price what the task costs, {@code null} if that isn't known before its end
     */
    void uploaded(Price price) {
        claim.uploaded(task.taskId());
        note(task.at(Stage.UPLOADED).with(claim.entry()).with(price));
    }

    /**
     * The task is to be paid.
     *
     * @throws io.github.cameldewatermark.error.DewatermarkCreditException if the limit doesn't allow it
     */
    void reserve(String name) {
        claim.reserve(limit, kind.operation(), name, task.taskId(), task.estimate());
    }

    /** The task is to be submitted. */
    void submitting() {
        paidAgain();
        charges.submitting(task.taskId(), task.price());
        prices.taskBegins(task.taskId());
    }

    /** If the platform can't tell whether a submit has arrived, the journal remembers that it may have. */
    @Override
    public void sending() {
        if (kind.isCreatedUnsubmitted()) {
            claim.renew();
        } else {
            claim.sending(task.price() == null ? null : task.price().credits());
            note(task.at(Stage.SUBMITTING).with(claim.entry()));
        }
    }

    @Override
    public void refused() {
        if (!kind.isCreatedUnsubmitted()) {
            claim.refused();
            note(task.at(Stage.UPLOADED).with(claim.entry()));
        }
    }

    /** The task is submitted, whoever has submitted it. */
    void submitted() {
        paidAgain();
        claim.submitted();
        note(withClaim(task.at(Stage.SUBMITTED)));
    }

    /** The task may be submitted. That the platform says it is created proves nothing. */
    void maybeSubmitted() {
        paidAgain();
        claim.unclear();
        note(withClaim(task));
    }

    private RunningTask withClaim(RunningTask noted) {
        return claim.entry() == null ? noted : noted.with(claim.entry());
    }

    /** The platform says that the task isn't submitted, and its file is there. */
    void unsubmitted() {
        note(task.at(Stage.UPLOADED));
    }

    private void paidAgain() {
        if (body != null) {
            payAgain.obeyed();
        }
    }

    /**
     * The task is completed, and so it is charged.
     *
     * @param price {@code null} if it isn't known
     */
    void completed(String name, Price price) {
        BigDecimal credits = price == null ? null : price.credits();
        boolean isOurs = charges.isSubmitted(task.taskId());
        boolean isNews = task.entry() != null
                ? entries.completed(task.entry(), credits, isOurs)
                : entries.completed(kind.operation(), name, task.taskId(), credits, isOurs);
        charges.completed(task.taskId(), price, isNews);
        note(task.with(price));
        prices.taskPaid(task.taskId(), price);
    }

    /** The id of the task is handed on, which was all that was asked for. From then on, only the header refers to it. */
    void idHandedOn() {
        if (task.entry() != null) {
            entries.idHandedOn(task.entry());
        }
        prices.taskEnds(task.taskId());
        RunningTask.removeFrom(exchange);
    }

    /** The result is handed on. Returns whether that was so before, so that it was said what it has cost. */
    boolean isHandedOnAgain(Price price) {
        return task.entry() != null && entries.handedOn(task.entry(), price == null ? null : price.credits());
    }

    /** The task isn't waited for any more. */
    void left() {
        prices.taskEnds(task.taskId());
    }

    /** The task has failed and is refunded. */
    void refunded() {
        note(task.at(Stage.FAILED));
        if (task.entry() != null) {
            entries.refunded(task.entry());
        } else {
            entries.refunded(kind.operation(), task.taskId(), task.taskId());
        }
        charges.refunded(task.taskId());
        left();
    }

    /** Only a person can decide what becomes of it: the platform doesn't know the task, or doesn't have its result any more. */
    void lost(DewatermarkTaskException failure) {
        if (task.entry() != null) {
            entries.lost(task.entry(), failure.billed(), failure.getMessage());
        }
    }
}
