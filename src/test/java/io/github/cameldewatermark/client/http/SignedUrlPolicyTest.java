package io.github.cameldewatermark.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.net.URI;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SignedUrlPolicyTest {

    private static final SignedUrlPolicy POLICY =
            new SignedUrlPolicy(URI.create("https://platform.dewatermark.ai"), Set.of("Storage.googleapis.com"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://storage.googleapis.com/b/c?X=1",
                "https://STORAGE.GOOGLEAPIS.COM/b/c",
                "https://storage.googleapis.com:443/b",
                "HTTPS://platform.dewatermark.ai/x"
            })
    void theHostsOfTheListAndOfTheApiAreAllowed(String url) {
        assertThat(POLICY.check(ApiCall.VIDEO_UPLOAD, URI.create(url))).isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example.org/b",
                "https://storage.googleapis.com.evil.example.org/b",
                "https://evil-storage.googleapis.com/b",
                "https://bucket.storage.googleapis.com/b",
                "https://googleapis.com/b",
                "https://storage/b",
                "https://storage.googleapis.com@evil.example.org/b",
                "https://evil.example.org/storage.googleapis.com?storage.googleapis.com#storage.googleapis.com",
                "https://169.254.169.254/latest/meta-data",
                "https:/no/host",
            })
    void otherHostsAreNot(String url) {
        assertThatExceptionOfType(DewatermarkTransportException.class)
                .isThrownBy(() -> POLICY.check(ApiCall.VIDEO_UPLOAD, URI.create(url)))
                .withMessageContaining("option signedUrlHosts")
                .withMessageContaining("only to platform.dewatermark.ai, storage.googleapis.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://storage.googleapis.com/b",
                "ftp://storage.googleapis.com/b",
                "file:///etc/passwd",
                "//storage.googleapis.com/b",
                "/b/c"
            })
    void onlyHttpsIsAllowed(String url) {
        assertThatExceptionOfType(DewatermarkTransportException.class)
                .isThrownBy(() -> POLICY.check(ApiCall.VIDEO_UPLOAD, URI.create(url)))
                .withMessageContaining("scheme");
    }

    @Test
    void plainHttpIsAllowedWhereTheApiItselfIsPlainHttp() {
        SignedUrlPolicy plain = new SignedUrlPolicy(URI.create("http://localhost:8080"), Set.of("storage.local"));

        assertThat(plain.check(ApiCall.VIDEO_UPLOAD, URI.create("http://localhost:9000/b")))
                .isNotNull();
        assertThat(plain.check(ApiCall.VIDEO_UPLOAD, URI.create("https://storage.local/b")))
                .isNotNull();
        assertThatExceptionOfType(DewatermarkTransportException.class)
                .isThrownBy(() -> plain.check(ApiCall.VIDEO_UPLOAD, URI.create("ftp://localhost/b")));
    }

    @Test
    void theQueryIsNotShown() {
        assertThatExceptionOfType(DewatermarkTransportException.class)
                .isThrownBy(() -> POLICY.check(
                        ApiCall.VIDEO_UPLOAD,
                        URI.create("https://evil.example.org/b?X-Goog-Signature=s1gned-by-storage")))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s1gned-by-storage"));
    }
}
