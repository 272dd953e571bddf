package io.github.cameldewatermark.error;

/**
 * No usable answer: the connection failed, timed out or was reset, or the answer was cut or garbled. Also a call that wasn't
 * made, or whose result was lost, because of trouble on this side: no room in the temp folder, a task journal that can't be
 * used, a route that is stopped.
 */
public class DewatermarkTransportException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkTransportException(
            String operation, String message, Billed billed, boolean retryable, Throwable cause) {
        super(operation, message, billed, retryable, cause);
    }
}
