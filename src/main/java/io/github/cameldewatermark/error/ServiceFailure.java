package io.github.cameldewatermark.error;

import java.time.Duration;

/**
 * An answer with a status other than success.
 *
 * @param operation  the name of the call, such as {@code erase}
 * @param status     the HTTP status code
 * @param reason     the HTTP reason phrase, may be {@code null}
 * @param excerpt    what the body says, shortened, printable and free of secrets; may be empty
 * @param retryAfter the server's {@code Retry-After}, or {@code null}
 */
public record ServiceFailure(String operation, int status, String reason, String excerpt, Duration retryAfter) {

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
