package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DewatermarkClientBuilderTest {

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "  ", "a b", " key", "key ", "key\n", "key\r\nX-Evil: 1", "k\u0000", "schlüssel", "key\u007f"
            })
    void aKeyThatCannotBeAHeaderIsRefusedAndNotShown(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DewatermarkClient.builder().apiKey(key).build())
                .satisfies(e -> assertThat(e.getMessage())
                        .isIn(
                                "an apiKey is required",
                                "the apiKey contains characters that are not allowed in an API key, such as a space"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "platform.dewatermark.ai",
                "/api",
                "ftp://platform.dewatermark.ai",
                "https:///api",
                "https://platform dewatermark.ai",
                "https://platform.dewatermark.ai?x=1",
                "https://platform.dewatermark.ai#x",
                "https://me:secret@platform.dewatermark.ai",
                "mailto:x@y.z"
            })
    void aBaseUrlThatIsNoneIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DewatermarkClient.builder().baseUrl(url));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1})
    void aClientThatMayMakeNoCallIsRefused(int calls) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DewatermarkClient.builder()
                        .apiKey("k")
                        .maxConcurrentRequests(calls)
                        .build())
                .withMessageContaining("maxConcurrentRequests");
    }

    @Test
    void thePlatformIsTheDefault() throws Exception {
        try (DewatermarkClient client = DewatermarkClient.builder().apiKey("k").build()) {
            assertThat(client).hasToString("DewatermarkClient[https://platform.dewatermark.ai]");
        }
    }

    @Test
    void nothingShowsTheKeyOrASignedUrl() throws Exception {
        DewatermarkClientBuilder builder = DewatermarkClient.builder().apiKey(TestApi.KEY);
        URI signed = URI.create("https://storage/b?X-Goog-Signature=s1gned-by-storage");
        try (DewatermarkClient client = builder.build()) {
            assertThat(new Object[] {
                        builder,
                        client,
                        new Task("t", Task.Status.CREATED, 0, null, null, signed, signed, null),
                        Content.of("x", TestApi.PICTURE),
                        TestApi.erase(),
                        new EraseAnswer("s", "i", "e", TestApi.PICTURE, null)
                    })
                    .extracting(Object::toString)
                    .noneMatch(text -> text.contains("SECRET") || text.contains("s1gned-by-storage"));
        }
    }

    @Test
    void aGivenHttpClientStaysOpen() throws Exception {
        try (CloseableHttpClient http = HttpClients.createDefault()) {
            DewatermarkClient.builder().apiKey("k").httpClient(http).build().close();
            try (FakeServer server = FakeServer.json("{\"data\":{\"available_credit\":1}}");
                    DewatermarkClient client = DewatermarkClient.builder()
                            .apiKey("k")
                            .baseUrl(server.url())
                            .httpClient(http)
                            .build()) {
                assertThat(client.credit().availableCredit()).isEqualByComparingTo("1");
            }
        }
    }
}
