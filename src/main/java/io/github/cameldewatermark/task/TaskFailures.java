package io.github.cameldewatermark.task;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import java.time.Duration;
import java.time.Instant;

/**
 * All ways in which a video task may fail, with whether it was charged and what to do about it. Every message contains the
 * id of the task, because it is needed to get the clip.
 */
public final class TaskFailures {

    private static final String RESUME = "it is paid and still running: resume it by its id";
    private static final String PAY_AGAIN =
            ". Nothing was submitted now. To pay for it again, send the clip with the header"
                    + " CamelDewatermarkPayAgain set to true";

    private TaskFailures() {}

    /** The platform could not process the clip. */
    public static DewatermarkTaskException refunded(String taskId) {
        return new DewatermarkTaskException(taskId, "failed; its credits are refunded", Billed.NO, true, null);
    }

    /** Neither the submit nor the status call after it was answered clearly. */
    public static DewatermarkTaskException unclearSubmit(String taskId, Throwable cause) {
        String problem = "may have been submitted and charged; resume it by its id, which asks for its status before it"
                + " submits: " + cause.getMessage();
        return new DewatermarkTaskException(taskId, problem, Billed.UNKNOWN, true, cause);
    }

    /** The task was to be resumed, but its status isn't known. */
    public static DewatermarkTaskException unseen(String taskId, Billed billed, Throwable cause) {
        String problem = "could not be polled; resume it by its id: " + cause.getMessage();
        boolean retryable = cause instanceof DewatermarkException e && e.retryable();
        return new DewatermarkTaskException(taskId, problem, billed, retryable, cause);
    }

    /** The platform doesn't know the task (any more). */
    public static DewatermarkTaskException unknown(String taskId, Throwable cause) {
        String problem = "is not known to the platform (any more), and may have been charged" + PAY_AGAIN;
        return new DewatermarkTaskException(taskId, problem, Billed.UNKNOWN, false, cause);
    }

    /** The task was completed so long ago that its result is no longer there. */
    public static DewatermarkTaskException gone(String taskId, Instant until, Throwable cause) {
        return paid(
                taskId,
                "is paid, but its result was only available until " + until + " and is gone" + PAY_AGAIN,
                false,
                cause);
    }

    /** The task is completed, but its result could not be downloaded. */
    public static DewatermarkTaskException undelivered(String taskId, boolean retryable, Throwable cause) {
        String problem =
                "is completed and paid, but its result could not be downloaded; resume it by its id within 2 days: "
                        + cause.getMessage();
        return paid(taskId, problem, retryable, cause);
    }

    static DewatermarkTaskException timedOut(String taskId, Duration elapsed, Throwable lastProblem) {
        String problem = "was not completed within " + elapsed.toSeconds() + " s (option taskTimeout); " + RESUME;
        return paid(taskId, problem, true, lastProblem);
    }

    static DewatermarkTaskException stopped(String taskId, Throwable cause) {
        return paid(taskId, "is no longer waited for, because the route was stopped; " + RESUME, true, cause);
    }

    static DewatermarkTaskException unfollowable(String taskId, Throwable cause) {
        return paid(taskId, "can no longer be polled; " + RESUME + ". " + cause.getMessage(), false, cause);
    }

    private static DewatermarkTaskException paid(String taskId, String problem, boolean retryable, Throwable cause) {
        return new DewatermarkTaskException(taskId, problem, Billed.YES, retryable, cause);
    }
}
