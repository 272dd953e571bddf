package io.github.cameldewatermark.error;

/**
 * There is no usable answer: the connection failed, timed out or was reset, or the answer was cut off or garbled. Also thrown
 * if a call wasn't made, or its result was lost, because of a local problem: no room in the temp folder, a journal that can't be
 * used, or a route that is stopped.
 */
public class DewatermarkTransportException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkTransportException(
            String operation, String message, Billed billed, boolean retryable, Throwable cause) {
        super(operation, message, billed, retryable, cause);
    }
}
