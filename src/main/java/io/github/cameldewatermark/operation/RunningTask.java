package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.journal.Entry;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

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

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    RunningTask is(State newState) {
        return new RunningTask(taskId, newState, clip, entry);
    }

    RunningTask with(Entry newEntry) {
        return new RunningTask(taskId, state, clip, newEntry);
    }

    /** Whether the task is known to be submitted, and so paid. */
    boolean isPaid() {
        return state == State.SUBMITTED || entry != null && entry.isSubmitted();
    }

    /** Stores this task on the exchange, and its id in a header of the message. */
    RunningTask note(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, taskId);
        return this;
    }

    /** Returns the task that was last stored on the exchange, or {@code null}. */
    static RunningTask current(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RunningTask.class);
    }

    /** Removes the task from the exchange; from then on, only the header refers to it. */
    static void forget(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /**
     * Returns the task to resume: the one that an earlier delivery of the same clip has begun, or the one that the header
     * names. An id that an earlier call left in the header is ignored if the body is another clip.
     *
     * @return the task, or {@code null} if there is nothing to resume
     */
    static RunningTask of(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        String asked = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        if (asked != null && asked.isBlank()) {
            asked = null;
        }
        RunningTask known = current(exchange);
        boolean meansKnown = known != null && (asked == null || asked.equals(known.taskId));
        if (meansKnown && known.clip == body && known.state != State.FAILED) {
            return known;
        }
        if (asked == null || meansKnown && hasClip(message)) {
            return null;
        }
        return new RunningTask(asked, State.BEGUN, body, null);
    }

    /** Whether the message has a body that a task can be begun with. */
    static boolean hasClip(Message message) {
        Object body = message.getBody();
        return body != null && !(body instanceof String);
    }
}
