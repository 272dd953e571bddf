package io.github.cameldewatermark.video;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import java.time.Duration;

/**
 * How a video task may fail, in one place: what it did to the money, and what to do about it. Whatever happens after a
 * task has an id, the id is in the message, because it is what the clip is got by.
 */
public final class TaskFailures {

    private TaskFailures() {}

    /** The platform gave up. */
    public static DewatermarkTaskException refunded(String taskId) {
        return new DewatermarkTaskException(taskId, "failed; its credits are refunded", Billed.NO, true, null);
    }

    /** Neither the submit nor the look at the status after it had a clear end. */
    public static DewatermarkTaskException unclearSubmit(String taskId, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "may have been submitted and charged; resume it by its id, which looks before it submits: "
                        + cause.getMessage(),
                Billed.UNKNOWN,
                true,
                cause);
    }

    /** It was to be resumed, but the look at its status failed. */
    public static DewatermarkTaskException unseen(String taskId, Billed billed, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "could not be looked at; resume it by its id: " + cause.getMessage(),
                billed,
                isRetryable(cause),
                cause);
    }

    /** The platform doesn't know it, and there is no clip to start anew with. */
    public static DewatermarkTaskException unknown(String taskId, Throwable cause) {
        return new DewatermarkTaskException(
                taskId,
                "is not known (any more) on the platform, and there is no clip in the message to start anew",
                Billed.UNKNOWN,
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

    /** It is done, but its clip didn't arrive. */
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
