package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.video.TaskRecord;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/**
 * The task that an exchange has begun, as an exchange property: a redelivery restores the message but keeps the
 * properties, and so finds its task again.
 *
 * @param taskId its id
 * @param state  how far the exchange is with it
 * @param clip   the body that it was begun with, {@code null} if it was resumed without one: a redelivery has the same,
 *               another clip in the same exchange doesn't
 * @param record what the journal has of it, {@code null} if it isn't there
 */
record RunningTask(String taskId, State state, Object clip, TaskRecord record) {

    enum State {
        /** It has an id. */
        BEGUN,
        /** The clip is there, so it can be submitted. */
        UPLOADED,
        /** It is charged. */
        SUBMITTED,
        /** Its clip was handed to the exchange. */
        DELIVERED,
        /** It failed and is refunded: whoever asks for it again gets a new one. */
        FAILED
    }

    private static final String PROPERTY = "CamelDewatermarkRunningTask";

    /** By the exception that the work on it ended with, as long as that is there. */
    private static final Map<Throwable, RunningTask> LEFT = Collections.synchronizedMap(new WeakHashMap<>());

    RunningTask is(State newState) {
        return new RunningTask(taskId, newState, clip, record);
    }

    RunningTask with(TaskRecord newRecord) {
        return new RunningTask(taskId, state, clip, newRecord);
    }

    /** Notes it on the exchange, and its id on the message. */
    RunningTask note(Exchange exchange) {
        exchange.setProperty(PROPERTY, this);
        exchange.getMessage().setHeader(DewatermarkConstants.TASK_ID, taskId);
        return this;
    }

    /** The one that the exchange has noted last. */
    static RunningTask current(Exchange exchange) {
        return exchange.getProperty(PROPERTY, RunningTask.class);
    }

    /**
     * The work on it failed. When the exchange is a copy, as in a circuit breaker, a redelivery has none of its properties,
     * but it has the exception.
     */
    static void leave(Exchange exchange, Throwable cause) {
        RunningTask noted = current(exchange);
        if (noted != null) {
            LEFT.put(cause, noted);
        }
    }

    /** From now on only the header can ask for it. */
    static void forget(Exchange exchange) {
        exchange.removeProperty(PROPERTY);
    }

    /**
     * What to resume: what a delivery of the same clip before this began, or what the header asks for. An id that an
     * earlier call left in the header asks for nothing when there is another clip.
     *
     * @return {@code null} if there is nothing to resume
     */
    static RunningTask of(Exchange exchange) {
        Message message = exchange.getMessage();
        Object body = message.getBody();
        String asked = message.getHeader(DewatermarkConstants.TASK_ID, String.class);
        if (asked != null && asked.isBlank()) {
            asked = null;
        }
        RunningTask known = current(exchange);
        if (known == null) {
            known = LEFT.get(exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class));
        }
        boolean meansKnown = known != null && (asked == null || asked.equals(known.taskId));
        if (meansKnown && known.clip == body && known.state != State.FAILED) {
            return known;
        }
        if (asked == null || meansKnown && hasClip(message)) {
            return null;
        }
        return new RunningTask(asked, State.BEGUN, body, null);
    }

    /** Whether there is something to begin a task with. */
    static boolean hasClip(Message message) {
        Object body = message.getBody();
        return body != null && !(body instanceof String);
    }
}
