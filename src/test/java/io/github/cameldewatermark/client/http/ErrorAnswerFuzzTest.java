package io.github.cameldewatermark.client.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.message.BasicHeader;

/** Any bytes for a refusal: a wait, in the first line, and one printable line without secrets, of the rest. */
class ErrorAnswerFuzzTest {

    private static final String KEY = "dw-Key/1234567890+SECRET";
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final Pattern QUERY = Pattern.compile("https?://[^\\s?\"'<>]+\\?[^…\\s\"'<>]");

    @FuzzTest
    void aRefusalIsAWaitAndALineWithoutSecrets(byte[] bytes) {
        int end = new String(bytes, ISO_8859_1).indexOf('\n');
        String wait = new String(bytes, 0, Math.max(0, end), ISO_8859_1);
        Duration duration = RetryAfter.of(new BasicHeader("Retry-After", wait), CLOCK);
        if (duration != null) {
            assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO);
        }
        String excerpt = SafeText.excerpt(Arrays.copyOfRange(bytes, end + 1, bytes.length), KEY);
        assertThat(excerpt).hasSizeLessThanOrEqualTo(301).doesNotContain(KEY);
        assertThat(excerpt.chars().anyMatch(Character::isISOControl)).isFalse();
        assertThat(QUERY.matcher(excerpt).find()).as(excerpt).isFalse();
    }
}
