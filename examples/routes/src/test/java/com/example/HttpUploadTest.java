package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(90)
class HttpUploadTest {

    private final HttpClient client = HttpClient.newHttpClient();
    private URI uri;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        uri = URI.create("http://127.0.0.1:" + port + "/clean");
        run = new RouteRun("http-upload").with("camel.server.port", port).with("camel.server.maxBodySize", 100_000);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPictureComesBackClean() throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.headers().firstValue("X-Credits")).contains("1");
        assertThat(Samples.read(answer.body()))
                .extracting("width", "height")
                .containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(run.sandbox().balance()).isEqualByComparingTo("99");
    }

    @Test
    void noHeaderOfOursGetsOutOrIn() throws Exception {
        run.start();
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "image/jpeg")
                .header("CamelDewatermarkPredictMode", "none")
                .header("CamelHttpResponseCode", "418")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Samples.jpeg()))
                .build();

        HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("camel"));
    }

    @Test
    void noHeaderOfOursGetsInInAnyCasingNorAsAParameter() throws Exception {
        run.start();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        run.context().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("platform-http:/headers").process(exchange -> {
                    seen.addAll(exchange.getMessage().getHeaders().keySet());
                    exchange.getMessage().setBody("");
                });
            }
        });
        String[] names = {
            "CamelDewatermarkTaskId", "cameldewatermarktaskid", "CAMELDEWATERMARKTASKID", "cAmElDewatermarkTaskId",
            "camelDewatermarkSessionId", "CAMELDewatermarkMaskBrush", "camel.dewatermark.apiKey", "CamelHttpUri2"
        };
        String parameters = String.join("=x&", names) + "=x";
        HttpRequest.Builder request = HttpRequest.newBuilder(uri.resolve("/headers?seen=y&" + parameters))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Seen", "y")
                .POST(HttpRequest.BodyPublishers.ofString(parameters));
        for (String name : names) {
            request.header(name, "x");
        }

        client.send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(seen).contains("seen").anyMatch("X-Seen"::equalsIgnoreCase);
        assertThat(seen).map(name -> name.toLowerCase(Locale.ROOT)).noneMatch(name -> name.contains("dewatermark"));
    }

    @Test
    void whatIsNoPictureIsABadRequestThatSaysWhy() throws Exception {
        run.start();

        assertRefused(post("image/jpeg", Samples.text()), 400, "is no picture");
        assertRefused(post("image/jpeg", Arrays.copyOf(Samples.jpeg(), 300)), 400, "cut short");
        assertRefused(post("image/jpeg", new byte[0]), 400, "empty");
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"image/png", "image/x-anything", "application/octet-stream"})
    void aPictureOfAnotherKindComesBackAsAJpeg(String type) throws Exception {
        run.start();

        HttpResponse<byte[]> answer = post(type, Samples.mask()); // a PNG

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/jpeg");
        assertThat(answer.body()).startsWith(0xFF, 0xD8);
    }

    @Test
    void anotherTypeIsRefused() throws Exception {
        run.start();

        assertThat(post("text/plain", Samples.text()).statusCode()).isEqualTo(415);
    }

    @Test
    void aPictureThatIsTooLargeIsRefused() throws Exception {
        run.start();

        assertThat(post("image/jpeg", new byte[100_001]).statusCode()).isEqualTo(413);
    }

    @Test
    void withoutCreditsItIsUnavailableAndDoesNotSayWhy() throws Exception {
        run.withoutCredits().start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 503, "can't be cleaned at the moment");
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
        assertThat(new String(answer.body())).doesNotContainIgnoringCase("credit", "key", "sandbox", "403");
    }

    @Test
    void withAWrongKeyItIsUnavailableAndDoesNotSayWhy() throws Exception {
        run.with("camel.component.dewatermark.apiKey", "wrong").start();

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 503, "can't be cleaned at the moment");
        assertThat(new String(answer.body())).doesNotContainIgnoringCase("key", "wrong", "401", "http");
    }

    @Test
    void whenThePlatformIsBusyTheClientIsToldToComeAgain() throws Exception {
        run.start();
        run.sandbox().faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("20"));

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 429, "Nothing was charged");
        assertThat(answer.headers().firstValue("Retry-After")).contains("30");
    }

    @Test
    void whenTheMoneyIsUnclearTheClientIsNotToldToComeAgain() throws Exception {
        run.start();
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());

        HttpResponse<byte[]> answer = post("image/jpeg", Samples.jpeg());

        assertRefused(answer, 502, "may have been charged");
        assertThat(answer.headers().firstValue("Retry-After")).isEmpty();
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    private static void assertRefused(HttpResponse<byte[]> answer, int status, String reason) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("text/plain");
        assertThat(new String(answer.body())).contains(reason);
    }

    private HttpResponse<byte[]> post(String type, byte[] body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }
}
