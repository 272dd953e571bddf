package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an error body says, as it comes out of the exception. */
class ErrorAnswerTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"message":"No such session","code":7}          | No such session
                    {"error":"bad mask"}                            | bad mask
                    {"detail":"Not Found"}                          | Not Found
                    {"error":{"code":1},"message":"the message"}    | the message
                    {"code":7}                                      | {"code":7}
                    {"message":{"text":"nested"}}                   | {"message":{"text":"nested"}}
                    {"message":null}                                | {"message":null}
                    {"message":"cut                                 | {"message":"cut
                    ["a","b"]                                       | ["a","b"]
                    <html><body>502 Bad Gateway</body></html>       | <html><body>502 Bad Gateway</body></html>
                    plain words                                     | plain words
                    """)
    void aBodyIsShownByItsMessageElseAsItIs(String body, String excerpt) throws Exception {
        DewatermarkServiceException e = failure(body);

        assertThat(e.excerpt()).isEqualTo(excerpt);
        assertThat(e).hasMessage("Dewatermark erase was answered with HTTP 400 Bad: " + excerpt);
    }

    @Test
    void anEmptyBodySaysNothing() throws Exception {
        assertThat(failure("")).hasMessage("Dewatermark erase was answered with HTTP 400 Bad");
    }

    @Test
    void aVeryLargeBodyIsShownByItsBeginning() throws Exception {
        DewatermarkServiceException e = failure("x".repeat(10 * 1024 * 1024));

        assertThat(e.excerpt()).isEqualTo("x".repeat(300) + "…");
    }

    @Test
    void aNumberThatJacksonCannotHoldDoesNotHideTheStatus() throws Exception {
        assertThat(failure("{\"x\":1e2147483648}").excerpt()).isEqualTo("{\"x\":1e2147483648}");
    }

    @Test
    void aVeryLargeMessageIsCut() throws Exception {
        assertThat(failure("{\"message\":\"" + "y".repeat(5000) + "\"}").excerpt())
                .isEqualTo("y".repeat(300) + "…");
    }

    @Test
    void aBinaryBodyIsShownAsOnePrintableLine() throws Exception {
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        String excerpt = failure(new String(noise, StandardCharsets.ISO_8859_1)).excerpt();

        assertThat(excerpt).hasSizeLessThanOrEqualTo(301);
        assertThat(excerpt.chars()).noneMatch(Character::isISOControl);
    }

    @Test
    void linesAreJoined() throws Exception {
        assertThat(failure("one\r\n\ttwo\u0000\u001b[31m three").excerpt()).isEqualTo("one two [31m three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "the key %s is wrong",
                "{\"message\":\"the key %s is wrong\"}",
                "{\"given\":\"%s\"}",
                "<p>%s</p>",
                "%s%s",
                "{\"given\":\"dw-Key\\/1234567890+SECRET\"}",
                "key=dw-Key%%2F1234567890%%2BSECRET",
            })
    void theKeyIsNotEchoed(String body) throws Exception {
        DewatermarkServiceException e = failure(body.replace("%s", TestApi.KEY).replace("%%", "%"));

        assertThat(e.getMessage()).doesNotContain("1234567890", "SECRET").contains("…");
    }

    @Test
    void theKeyIsNotEchoedInTheReasonPhrase() throws Exception {
        try (FakeServer server =
                FakeServer.answering("HTTP/1.1 401 bad " + TestApi.KEY + "\r\nContent-Length: 0\r\n\r\n")) {
            DewatermarkServiceException e =
                    catchThrowableOfType(DewatermarkServiceException.class, server.client()::credit);

            assertThat(e).hasMessage("Dewatermark credit was answered with HTTP 401 bad …");
            assertThat(e.getHttpResponseStatus()).isEqualTo("bad …");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "expired: https://storage.googleapis.com/b/c.mp4?X-Goog-Date=1&X-Goog-Signature=s1gned-by-storage",
                "{\"message\":\"expired: https://storage.googleapis.com/b/c.mp4?X-Goog-Signature=s1gned-by-storage\"}",
                "{\"url\":\"https:\\/\\/storage.googleapis.com\\/b\\/c.mp4?X-Goog-Signature=s1gned-by-storage\"}",
                "{\"url\":\"https://storage.googleapis.com/b?a=1\\u0026X-Goog-Signature=s1gned-by-storage\"}",
                "<a href='https://storage.googleapis.com/b/c.mp4?X-Goog-Date=1&amp;X-Goog-Signature=s1gned-by-storage'>",
                "GET /b/c.mp4?X-Goog-Date=1&X-Goog-Signature=s1gned-by-storage HTTP/1.1",
                "/b/c.mp4?Expires=1&Signature=s1gned-by-storage&x=1",
                "HTTPS://STORAGE/b?sig=s1gned-by-storage",
            })
    void aSignatureIsNotEchoed(String body) throws Exception {
        assertThat(failure(body).getMessage())
                .doesNotContain("s1gned-by-storage")
                .contains("…");
    }

    @Test
    void anAddressWithoutAQueryIsShown() throws Exception {
        assertThat(failure("see https://docs.example.org/a/b").excerpt()).isEqualTo("see https://docs.example.org/a/b");
    }

    @Test
    void aBodyThatBreaksOffLeavesTheStatus() throws Exception {
        try (FakeServer server = FakeServer.answering("HTTP/1.1 400 Bad\r\nContent-Length: 99\r\n\r\nshort")) {
            assertThat(catchThrowableOfType(DewatermarkServiceException.class, server.client()::credit)
                            .status())
                    .isEqualTo(400);
        }
    }

    private static DewatermarkServiceException failure(String body) throws Exception {
        String head = "HTTP/1.1 400 Bad\r\nContent-Length: " + body.length() + "\r\n\r\n";
        return TestApi.failure(DewatermarkServiceException.class, ApiCall.ERASE, head + body);
    }
}
