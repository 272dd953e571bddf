package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.VideoTask.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The task that an exchange has begun, as an exchange property: a redelivery restores the message but keeps the
 * properties, and so finds its task again.
 *
 * @param taskId     its id
 * @param uploaded   whether the clip is there, so that it can be submitted
 * @param handedOver whether it was submitted and not waited for: from then on the header alone says whether it is meant
 */
record RunningTask(String taskId, boolean uploaded, boolean handedOver) {

    private static final String PROPERTY = "CamelDewatermarkRunningTask";
    private static final String FAILED = "CamelDewatermarkFailedTask";

    /** A task to go on with. */
    RunningTask(String taskId, boolean uploaded) {
        this(taskId, uploaded, false);
    }

    /** Notes it on the exchange, and its id on the message, before anything is charged. */
    void note(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, taskId);
    }

    /** The exchange has nothing more to resume. */
    static void forget(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /** The task failed: whoever asks for it again gets a new one. */
    static void failed(Exchange exchange, String taskId) {
        forget(exchange);
        exchange.setProperty(FAILED, taskId);
    }

    /**
     * What to resume: what a delivery before this began, or what the header asks for. An id that a finished or failed
     * call left in the header asks for nothing.
     *
     * @return {@code null} if there is nothing to resume
     */
    static RunningTask of(Exchange exchange) {
        Message message = exchange.getMessage();
        String taskId = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        RunningTask begun = exchange.getProperty(PROPERTY, RunningTask.class);
        if (begun != null && (!begun.handedOver || begun.taskId.equals(taskId))) {
            return begun;
        }
        return taskId == null || taskId.isBlank() || isOver(exchange, taskId) ? null : new RunningTask(taskId, false);
    }

    private static boolean isOver(Exchange exchange, String taskId) {
        Message message = exchange.getMessage();
        String status = message.getHeader(DewatermarkConstants.TASK_STATUS, String.class);
        boolean canStartAnew = message.getBody() != null;
        return Status.COMPLETED.name().equals(status)
                || canStartAnew && taskId.equals(exchange.getProperty(FAILED, String.class));
    }
}
