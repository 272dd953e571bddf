package io.github.cameldewatermark.error;

/**
 * A video task failed, expired, wasn't done in time, or can't be followed any more. Unless it failed or expired, it can
 * be resumed by its id at no further cost.
 */
public class DewatermarkTaskException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final String taskId;

    /**
     * @param cause what a call ended with, which is then not the cause but suppressed: Camel's {@code onException} goes by
     *              causes, too, and a rule for what a refused request was would take a paid task
     */
    public DewatermarkTaskException(String taskId, String message, Billed billed, boolean retryable, Throwable cause) {
        super(
                "video",
                "Dewatermark video task " + taskId + " " + message,
                billed,
                retryable,
                cause instanceof DewatermarkException ? null : cause);
        this.taskId = taskId;
        if (cause instanceof DewatermarkException) {
            addSuppressed(cause);
        }
    }

    /** The id of the task on the platform. */
    public String taskId() {
        return taskId;
    }
}
