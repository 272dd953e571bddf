package io.github.cameldewatermark.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.apache.hc.core5.http.message.BasicHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryAfterTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0                              | PT0S",
                "1                              | PT1S",
                "120                            | PT2M",
                "999999999                      | PT277777H46M39S",
                "Sun, 01 Mar 2026 12:01:30 GMT  | PT1M30S",
                "Sunday, 01-Mar-26 12:01:30 GMT | PT1M30S",
                "Sun, 01 Mar 2026 11:00:00 GMT  | PT0S",
            })
    void secondsAndDatesAreUnderstood(String value, Duration wait) {
        assertThat(of(value)).isEqualTo(wait);
        assertThat(of("  " + value + " ")).isEqualTo(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "-1", "+1", "1.5", "1s", "soon", "9999999999", "٣", "2026-03-01T12:01:30Z"})
    void anythingElseIsAsIfItWereAbsent(String value) {
        assertThat(of(value)).isNull();
    }

    @Test
    void absentIsNull() {
        assertThat(RetryAfter.of(null, CLOCK)).isNull();
        assertThat(of(null)).isNull();
    }

    private static Duration of(String value) {
        return RetryAfter.of(new BasicHeader("Retry-After", value), CLOCK);
    }
}
