package io.github.cameldewatermark.error;

/**
 * There is no usable answer: the connection failed, timed out or was reset, or the answer was cut off or garbled. Also thrown
 * if a call wasn't made because its route is stopped, or its result could not be kept.
 */
public class DewatermarkTransportException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkTransportException(
            String operation, String message, Billed billed, boolean retryable, Throwable cause) {
        super(operation, message, billed, retryable, cause);
    }
}
