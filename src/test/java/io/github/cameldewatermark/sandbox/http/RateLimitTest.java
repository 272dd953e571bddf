package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClock;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final TestClock clock = new TestClock();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .apiKey("a", 10)
            .apiKey("b", 10)
            .rateLimit(2)
            .clock(clock)
            .start();

    private final TestClient client = new TestClient(sandbox.baseUrl(), "a");

    @Test
    void whatIsOverTheLimitIsRefusedUntilTheNextSecond() throws IOException {
        assertThat(status(client)).isEqualTo(200);
        assertThat(status(client)).isEqualTo(200);

        HttpResponse<byte[]> refused = client.get(TestClient.CREDIT);

        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(message(refused)).contains("Too many");
        clock.pass(Duration.ofSeconds(1));
        assertThat(status(client)).isEqualTo(200);
    }

    @Test
    void eachKeyHasALimitOfItsOwn() throws IOException {
        status(client);
        status(client);

        assertThat(status(new TestClient(sandbox.baseUrl(), "b"))).isEqualTo(200);
    }

    @Test
    void allKindsOfCallsCountTogether() throws IOException {
        client.createUpload();
        client.createUpload();

        assertThat(status(client)).isEqualTo(429);
    }

    private static int status(TestClient client) throws IOException {
        return client.get(TestClient.CREDIT).statusCode();
    }
}
