package io.github.cameldewatermark.error;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.spi.HttpResponseAware;

/**
 * The server answered with another status than success. It is an {@link HttpResponseAware}, as the exceptions of the
 * HTTP components are, so that generic error handling finds the status.
 */
public class DewatermarkServiceException extends DewatermarkException implements HttpResponseAware {

    private static final long serialVersionUID = 1L;

    private final String excerpt;
    private final transient Duration retryAfter;
    private int status;
    private String statusLine;

    public DewatermarkServiceException(ServiceFailure failure, Billed billed, boolean retryable) {
        super(failure.operation(), failure.message(), billed, retryable, null);
        this.status = failure.status();
        this.statusLine = failure.reason();
        this.excerpt = failure.excerpt();
        this.retryAfter = failure.retryAfter();
    }

    /** The HTTP status code. */
    public int status() {
        return status;
    }

    /** What the server said, shortened, printable; empty if it said nothing. */
    public String excerpt() {
        return excerpt;
    }

    /** How long the server asks us to wait, if it said so. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public int getHttpResponseCode() {
        return status;
    }

    @Override
    public void setHttpResponseCode(int code) {
        this.status = code;
    }

    @Override
    public String getHttpResponseStatus() {
        return statusLine;
    }

    @Override
    public void setHttpResponseStatus(String status) {
        this.statusLine = status;
    }
}
