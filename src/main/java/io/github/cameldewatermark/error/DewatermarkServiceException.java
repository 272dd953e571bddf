package io.github.cameldewatermark.error;

import java.time.Duration;
import java.util.Optional;
import org.apache.camel.spi.HttpResponseAware;

/**
 * The server answered with a status other than success. Implements {@link HttpResponseAware}, as the exceptions of Camel's
 * HTTP components do, so that generic error handling finds the status.
 */
public class DewatermarkServiceException extends DewatermarkException implements HttpResponseAware {

    private static final long serialVersionUID = 1L;

    private final String excerpt;
    private final transient Duration retryAfter;
    private int status;
    private String statusLine;

    public DewatermarkServiceException(Failure failure, Billed billed, boolean retryable) {
        super(failure.operation(), failure.message(), billed, retryable, null);
        this.status = failure.status();
        this.statusLine = failure.reason();
        this.excerpt = failure.excerpt();
        this.retryAfter = failure.retryAfter();
    }

    /** Returns the HTTP status code. */
    public int status() {
        return status;
    }

    /** Returns what the server said, shortened, printable and free of secrets; empty if it said nothing. */
    public String excerpt() {
        return excerpt;
    }

    /** Returns how long the server asks to wait ({@code Retry-After}), if it does. */
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

    /**
     * An answer with a status other than success.
     *
     * @param operation  the name of the call, such as {@code erase}
     * @param status     the HTTP status code
     * @param reason     the HTTP reason phrase, may be {@code null}
     * @param excerpt    what the body says, shortened, printable and free of secrets; may be empty
     * @param retryAfter the server's {@code Retry-After}, or {@code null}
     */
    public record Failure(String operation, int status, String reason, String excerpt, Duration retryAfter) {

        String message() {
            StringBuilder message = new StringBuilder("Dewatermark ")
                    .append(operation)
                    .append(" was answered with HTTP ")
                    .append(status);
            if (reason != null && !reason.isBlank()) {
                message.append(' ').append(reason);
            }
            if (!excerpt.isEmpty()) {
                message.append(": ").append(excerpt);
            }
            if (retryAfter != null) {
                message.append(" (retry after ").append(retryAfter.toSeconds()).append(" s)");
            }
            return message.toString();
        }
    }
}
