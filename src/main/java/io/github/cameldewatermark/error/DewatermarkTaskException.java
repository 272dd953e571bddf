package io.github.cameldewatermark.error;

/**
 * The task of a clip or PDF failed, expired, wasn't completed in time, or can't be followed any more. Unless the task failed or expired,
 * it can be resumed by its id at no further cost.
 */
public final class DewatermarkTaskException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final String taskId;

    /**
     * @param cause what went wrong. A {@link DewatermarkException} is added as suppressed and not as the cause: Camel's
     *              {@code onException} looks at causes, too, so a rule for refused requests would match a paid task
     */
    public DewatermarkTaskException(
            String operation, String taskId, String message, Billed billed, boolean retryable, Throwable cause) {
        super(operation, message, billed, retryable, cause instanceof DewatermarkException ? null : cause);
        this.taskId = taskId;
        if (cause instanceof DewatermarkException) {
            addSuppressed(cause);
        }
    }

    /** Returns the id of the task on the platform. */
    public String taskId() {
        return taskId;
    }
}
