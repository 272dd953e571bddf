package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The task that an exchange has begun, as an exchange property: a redelivery restores the message but keeps the
 * properties, and so finds its task again.
 *
 * @param taskId its id
 * @param state  how far the exchange is with it
 */
record RunningTask(String taskId, State state) {

    enum State {
        /** It has an id. */
        BEGUN,
        /** The clip is there, so it can be submitted. */
        UPLOADED,
        /** Its clip is, or was, the body: its id is left in the header, but asks for nothing. */
        DELIVERED,
        /** It failed and is refunded: whoever asks for it again gets a new one. */
        FAILED
    }

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    /** Notes it on the exchange, and its id on the message. */
    static RunningTask note(Exchange exchange, String taskId, State state) {
        RunningTask task = new RunningTask(taskId, state);
        exchange.setProperty(PROPERTY, task);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, taskId);
        return task;
    }

    /** From now on only the header can ask for it. */
    static void forget(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /**
     * What to resume: what a delivery before this began, or what the header asks for.
     *
     * @return {@code null} if there is nothing to resume
     */
    static RunningTask of(Exchange exchange) {
        RunningTask known = exchange.getProperty(PROPERTY, RunningTask.class);
        if (known != null && (known.state == State.BEGUN || known.state == State.UPLOADED)) {
            return known;
        }
        Message message = exchange.getMessage();
        String taskId = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        if (taskId == null || taskId.isBlank()) {
            return null;
        }
        boolean over = known != null && known.taskId.equals(taskId) && message.getBody() != null;
        return over ? null : new RunningTask(taskId, State.BEGUN);
    }
}
