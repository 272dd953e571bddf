package io.github.cameldewatermark.video;

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
        return new DewatermarkTaskException(
                taskId,
                "may have been submitted and charged; resume it by its id, which looks before it submits: "
                        + cause.getMessage(),
                Billed.UNKNOWN,
                true,
                cause);
    }

    /** The task was to be resumed, but its status can't be looked up. */
    public static DewatermarkTaskException unseen(String taskId, Billed billed, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "could not be looked at; resume it by its id: " + cause.getMessage(),
                billed,
                isRetryable(cause),
                cause);
    }

    /** The platform doesn't know the task (any more). */
    public static DewatermarkTaskException unknown(String taskId, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "is not known (any more) on the platform, and may have been charged" + PAY_AGAIN,
                Billed.UNKNOWN,
                false,
                cause);
    }

    /** The task was completed so long ago that its result is no longer there. */
    public static DewatermarkTaskException gone(String taskId, Instant until, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "is paid, but its result was there until " + until + " and is gone" + PAY_AGAIN,
                Billed.YES,
                false,
                cause);
    }

    static DewatermarkTaskException timedOut(String taskId, Duration elapsed, Throwable lastProblem) {
        return new DewatermarkTaskException(
                taskId,
                "was not done in " + elapsed.toSeconds()
                        + " s (option taskTimeout); it is paid and goes on: resume it by its id",
                Billed.YES,
                true,
                lastProblem);
    }

    static DewatermarkTaskException stopped(String taskId, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "is no longer waited for, because the route was stopped; it is paid and goes on: resume it by its id",
                Billed.YES,
                true,
                cause);
    }

    static DewatermarkTaskException unfollowable(String taskId, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "can't be followed, but it is paid and goes on: resume it by its id. " + cause.getMessage(),
                Billed.YES,
                false,
                cause);
    }

    /** The task is completed, but its result could not be downloaded. */
    public static DewatermarkTaskException undelivered(String taskId, boolean retryable, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "is completed and paid, but its result could not be downloaded; resume it by its id within 2 days: "
                        + cause.getMessage(),
                Billed.YES,
                retryable,
                cause);
    }

    private static boolean isRetryable(Throwable cause) {
        return cause instanceof DewatermarkException e && e.retryable();
    }
}
