package io.github.cameldewatermark.error;

/**
 * A video task failed, expired, wasn't done in time, or can't be followed any more. Unless it failed or expired, it can
 * be resumed by its id at no further cost.
 */
public class DewatermarkTaskException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final String taskId;

    public DewatermarkTaskException(String taskId, String message, Billed billed, boolean retryable, Throwable cause) {
        super("video", "Dewatermark video task " + taskId + " " + message, billed, retryable, cause);
        this.taskId = taskId;
    }

    /** The id of the task on the platform. */
    public String taskId() {
        return taskId;
    }
}
