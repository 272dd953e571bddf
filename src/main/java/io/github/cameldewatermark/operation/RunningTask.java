package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.VideoTask.Status;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The task that an exchange has begun, as an exchange property: a redelivery restores the message but keeps the
 * properties, and so finds its task again.
 *
 * @param taskId   its id
 * @param uploaded whether the clip is there, so that it can be submitted
 */
record RunningTask(String taskId, boolean uploaded) {

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    /** Notes it on the exchange, and its id on the message, before anything is charged. */
    void note(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, taskId);
    }

    /** The exchange has nothing more to resume. */
    static void forget(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /**
     * What to resume: what a delivery before this began, or what the header asks for. An id that a finished call left in
     * the header asks for nothing.
     *
     * @return {@code null} if there is nothing to resume
     */
    static RunningTask of(Exchange exchange) {
        RunningTask begun = exchange.getProperty(PROPERTY, RunningTask.class);
        if (begun != null) {
            return begun;
        }
        Message message = exchange.getMessage();
        String taskId = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        String status = message.getHeader(DewatermarkConstants.TASK_STATUS, String.class);
        boolean finished = Status.COMPLETED.name().equals(status);
        return taskId == null || taskId.isBlank() || finished ? null : new RunningTask(taskId, false);
    }
}
