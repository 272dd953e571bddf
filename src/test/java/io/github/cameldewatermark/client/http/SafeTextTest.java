package io.github.cameldewatermark.client.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class SafeTextTest {

    @Test
    void anExceptionIsDescribedByClassAndMessage() {
        assertThat(SafeText.describe(new ConnectException("refused"))).isEqualTo("ConnectException: refused");
        assertThat(SafeText.describe(new IOException())).isEqualTo("IOException");
    }

    @Test
    void aSignedUrlInAnExceptionLosesItsQuery() {
        assertThat(SafeText.describe(
                        new IOException("no route to https://storage/b/c?X-Goog-Signature=s1gned-by-storage now")))
                .isEqualTo("IOException: no route to https://storage/b/c?… now");
    }

    @Test
    void ofSeveralUrlsEachLosesItsQuery() {
        assertThat(excerpt("at http://a/b then (https://c?d=e) or 'http://f?g?http://h' <http://>?i", null))
                .isEqualTo("at http://a/b then (https://c?… or 'http://f?…' <http://>?i");
    }

    /** Whoever sends it chooses the length of a reason phrase, for one. */
    @Test
    @Timeout(60) // in quadratic time it takes a quarter of an hour
    void aMegabyteOfUrlsIsReadOnce() {
        assertThat(excerpt("http://".repeat(150_000), null)).hasSize(301);
    }

    @Test
    void unreadableBytesAndControlCharactersAreLeftOut() {
        byte[] body = {'a', (byte) 0xFF, 0, 27, 'b', '\n', (byte) 0xC3, (byte) 0xA4};

        assertThat(SafeText.excerpt(body, null)).isEqualTo("a b ä");
    }

    @Test
    void anExcerptIsAtMost300Characters() {
        assertThat(excerpt("x".repeat(300), null)).isEqualTo("x".repeat(300));
        assertThat(excerpt("x".repeat(301), null)).isEqualTo("x".repeat(300) + "…");
    }

    @Test
    void aSecretIsReplacedBeforeTheTextIsCut() {
        assertThat(excerpt("x".repeat(295) + "SECRETKEY", "SECRETKEY")).isEqualTo("x".repeat(295) + "…");
    }

    @Test
    void noSecretChangesNothing() {
        assertThat(excerpt("abc", "")).isEqualTo("abc");
        assertThat(SafeText.clean(null, "k")).isEmpty();
    }

    private static String excerpt(String text, String secret) {
        return SafeText.excerpt(text.getBytes(StandardCharsets.UTF_8), secret);
    }
}
