package io.github.cameldewatermark.error;

/** Too many requests (429), for longer than the option {@code maxThrottleWait} allows. */
public class DewatermarkRateLimitException extends DewatermarkServiceException {

    private static final long serialVersionUID = 1L;

    public DewatermarkRateLimitException(Failure failure, Billed billed, boolean retryable) {
        super(failure, billed, retryable);
    }
}
