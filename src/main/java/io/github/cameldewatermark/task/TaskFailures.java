package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import java.time.Duration;

/**
 * All ways in which a task may fail, with whether it was charged and what to do about it. Every message contains the id of the
 * task, because it is needed to get the result.
 *
 * @param kind what the tasks clean
 */
public record TaskFailures(TaskKind kind) {

    private static final String UNCLEAR =
            "it isn't known whether its submit has arrived and was charged, so it isn't submitted again";

    /** The platform could not process the file. */
    public DewatermarkTaskException refunded(String taskId) {
        return failure(taskId, "failed; its credits are refunded", Billed.NO, true, null);
    }

    /** The submit got no clear answer, and the platform can't tell whether it has arrived. */
    public DewatermarkTaskException unclear(String taskId) {
        return failure(
                taskId,
                "may be submitted; " + UNCLEAR + ": send the " + kind.file() + " again, which waits for it, or"
                        + payAgainHow(),
                Billed.UNKNOWN,
                false,
                null);
    }

    /** Neither the submit nor the status call after it was answered clearly. */
    public DewatermarkTaskException unclearSubmit(String taskId, Throwable cause) {
        String problem = "may have been submitted and charged; resume it by its id, which "
                + (kind.isCreatedUnsubmitted() ? "asks for its status before it submits" : "waits for it")
                + ": " + cause.getMessage();
        return failure(taskId, problem, Billed.UNKNOWN, true, cause);
    }

    /** The task was to be resumed, but its status isn't known. */
    public DewatermarkTaskException unseen(String taskId, Billed billed, Throwable cause) {
        String problem = "could not be polled; resume it by its id: " + cause.getMessage();
        boolean retryable = cause instanceof DewatermarkException e && e.retryable();
        return failure(taskId, problem, billed, retryable, cause);
    }

    /** The platform doesn't know the task (any more). */
    public DewatermarkTaskException unknown(String taskId, Throwable cause) {
        String problem = "is not known to the platform (any more), and may have been charged" + payAgain();
        return failure(taskId, problem, Billed.UNKNOWN, false, cause);
    }

    /** The task was completed so long ago that its result is no longer there. */
    public DewatermarkTaskException gone(Task task, Throwable cause) {
        String problem = "is paid, but its result was only available until " + task.resultExpires() + " and is gone"
                + payAgain();
        return paid(task.taskId(), problem, false, cause);
    }

    /** The task is completed, but its result could not be downloaded. */
    public DewatermarkTaskException undelivered(Task task, boolean retryable, Throwable cause) {
        String until = kind == TaskKind.VIDEO ? "within 2 days" : "soon; or, if its result is gone," + payAgainHow();
        String problem = "is completed and paid, but its result could not be downloaded; resume it by its id " + until
                + ": " + cause.getMessage();
        return paid(task.taskId(), problem, retryable, cause);
    }

    DewatermarkTaskException timedOut(String taskId, boolean submitted, Duration elapsed, Throwable lastProblem) {
        String problem = "was not completed within " + elapsed.toSeconds() + " s (option taskTimeout)";
        return left(taskId, submitted, problem, "", true, lastProblem);
    }

    DewatermarkTaskException stopped(String taskId, boolean submitted, Throwable cause) {
        return left(taskId, submitted, "is no longer waited for, because the route was stopped", "", true, cause);
    }

    DewatermarkTaskException unfollowable(String taskId, boolean submitted, Throwable cause) {
        return left(taskId, submitted, "can no longer be polled", ". " + cause.getMessage(), false, cause);
    }

    /** The task isn't waited for any more. If its submit wasn't answered clearly, only the platform may know whether it is paid. */
    private DewatermarkTaskException left(
            String taskId, boolean submitted, String problem, String more, boolean retryable, Throwable cause) {
        return submitted
                ? paid(
                        taskId,
                        problem + "; it is paid and may still be running: resume it by its id" + more,
                        retryable,
                        cause)
                : failure(
                        taskId,
                        problem + "; " + UNCLEAR + ": resume it by its id, or" + payAgainHow() + more,
                        Billed.UNKNOWN,
                        false,
                        cause);
    }

    private String payAgain() {
        return ". Nothing was submitted now. To pay for it again," + payAgainHow();
    }

    private String payAgainHow() {
        return " send the " + kind.file() + " with the header CamelDewatermarkPayAgain set to true";
    }

    private DewatermarkTaskException paid(String taskId, String problem, boolean retryable, Throwable cause) {
        return failure(taskId, problem, Billed.YES, retryable, cause);
    }

    private DewatermarkTaskException failure(
            String taskId, String problem, Billed billed, boolean retryable, Throwable cause) {
        return new DewatermarkTaskException(
                kind.operation(),
                taskId,
                "Dewatermark " + kind + " " + taskId + " " + problem,
                billed,
                retryable,
                cause);
    }
}
