package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.journal.Entry;
import java.math.BigDecimal;
import org.apache.camel.Exchange;

/**
 * The task that an exchange has, kept as an exchange property: a redelivery restores the message but keeps the properties, so it
 * finds its task again.
 *
 * @param taskId the id of the task
 * @param stage  how far the exchange is with the task
 * @param body   the body that the task was begun with, {@code null} if it was resumed without one. A redelivery has the same
 *               body, while another file in the same exchange is another body
 * @param entry  what the journal knows about the task, {@code null} if it doesn't know it
 * @param price  what it costs, {@code null} if that isn't known before its end
 * @param estimate the credits that it is expected to cost, {@code null} if nothing is known
 */
record RunningTask(String taskId, Stage stage, Object body, Entry entry, Price price, BigDecimal estimate) {

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    /** How far an exchange is with a task. */
    enum Stage {
        /** The message names the task; nothing else is known here. */
        NAMED,
        /** The task was created here, and has no file yet. */
        BEGUN,
        /** The file is uploaded, and nothing has been submitted, as far as is known here. */
        UPLOADED,
        /** The task is being submitted. If no clear answer comes, only the platform may know whether it is submitted. */
        SUBMITTING,
        /** The task is submitted and charged. */
        SUBMITTED,
        /** The task failed and is refunded: a redelivery begins a new one. */
        FAILED
    }

    /** Returns the task that an exchange has, or {@code null}. */
    static RunningTask of(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RunningTask.class);
    }

    void keepOn(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
    }

    static void removeFrom(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    RunningTask at(Stage next) {
        return new RunningTask(taskId, next, body, entry, price, estimate);
    }

    RunningTask with(Entry next) {
        return new RunningTask(taskId, stage, body, next, price, estimate);
    }

    RunningTask with(Price next) {
        return new RunningTask(taskId, stage, body, entry, next, estimate);
    }

    /** Whether its file is on the platform. */
    boolean isUploaded() {
        return stage == Stage.UPLOADED || stage == Stage.SUBMITTING || stage == Stage.SUBMITTED;
    }

    /** Whether the task is known to be submitted, and so paid. */
    boolean isSubmitted() {
        return stage == Stage.SUBMITTED || entry != null && entry.isSubmitted();
    }
}
