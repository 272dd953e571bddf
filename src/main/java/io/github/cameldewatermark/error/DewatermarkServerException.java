package io.github.cameldewatermark.error;

/** The server has a problem (5xx). After a 503 nothing was processed; after any other, it may have been. */
public class DewatermarkServerException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkServerException(ServiceFailure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
