package io.github.cameldewatermark.error;

/** The API key is wrong or lacks the permission (401, 403). The platform also answers 403 when the credits are used up. */
public class DewatermarkAuthenticationException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkAuthenticationException(Failure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
