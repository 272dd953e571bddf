package io.github.cameldewatermark.error;

/** The API key is wrong or may not do this (401, 403); the platform also says 403 when the credits are used up. */
public class DewatermarkAuthenticationException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkAuthenticationException(ServiceFailure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
