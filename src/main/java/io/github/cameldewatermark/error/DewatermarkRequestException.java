package io.github.cameldewatermark.error;

/** The server refuses the request as it is (400, 404, 405, 406, 410, 418 and the other 4xx). */
public class DewatermarkRequestException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkRequestException(Failure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
