package io.github.cameldewatermark.error;

/**
 * The message can't be sent: its body or a header is not a picture that the API takes, too large, empty, cut off, or of an
 * unsupported type. Nothing was sent, nothing was charged. Not retryable.
 */
public class DewatermarkInputException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkInputException(String operation, String message) {
        this(operation, message, null);
    }

    public DewatermarkInputException(String operation, String message, Throwable cause) {
        super(operation, message, Billed.NO, false, cause);
    }
}
