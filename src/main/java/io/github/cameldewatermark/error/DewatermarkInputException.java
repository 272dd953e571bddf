package io.github.cameldewatermark.error;

/**
 * What the route hands over can't be sent: not a picture the API takes, too large, empty, cut short, or of an
 * unsupported type. Nothing was sent, nothing was charged.
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
