package io.github.cameldewatermark.error;

/**
 * The message can't be sent: its body or a header is not a picture that the API takes, too large, empty, cut off, or of an
 * unsupported type. Nothing was sent, nothing was charged. Not retryable.
 */
public class DewatermarkInputException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkInputException(String operation, String problem) {
        this(operation, problem, null);
    }

    public DewatermarkInputException(String operation, String problem, Throwable cause) {
        super(operation, problem + NOTHING, Billed.NO, false, cause);
    }

    /** @param cause has the whole message */
    public DewatermarkInputException(String operation, Throwable cause) {
        super(operation, cause.getMessage(), Billed.NO, false, cause);
    }
}
