package io.github.cameldewatermark.client.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.Header;

/** The {@code Retry-After} header: seconds or an HTTP date (RFC 9110, section 10.2.3). */
final class RetryAfter {

    private RetryAfter() {}

    /** Returns how long to wait, never negative; {@code null} if the header is absent or can't be parsed. */
    static Duration of(Header header, Clock clock) {
        if (header == null || header.getValue() == null) {
            return null;
        }
        String value = header.getValue().trim();
        if (!value.isEmpty() && value.length() < 10 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant date = DateUtils.parseStandardDate(value);
        if (date == null) {
            return null;
        }
        Duration wait = Duration.between(clock.instant(), date);
        return wait.isNegative() ? Duration.ZERO : wait;
    }
}
