package io.github.cameldewatermark.error;

/** The server failed (5xx). With 503 the call was not processed; with any other status it may have been. */
public class DewatermarkServerException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkServerException(Failure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
