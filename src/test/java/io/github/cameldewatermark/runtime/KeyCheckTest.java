package io.github.cameldewatermark.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.FakeServer;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestContext;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A key that is refused shows when the component starts, and not only with the first file. */
@Timeout(60)
class KeyCheckTest {

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final LogLines infos = LogLines.infos();

    @Test
    void aRefusedKeyIsOneWarningThatSaysWhatToSetAndDoesNotTellTheKey() throws Exception {
        try (TestContext context = context(sandbox.baseUrl(), "top-secret")) {
            context.start("dewatermark:erase", "dewatermark:video");

            await().until(() -> !infos.messages().isEmpty());
        }
        assertThat(infos.messages()).singleElement().satisfies(message -> assertThat(message)
                .startsWith("The platform refuses the API key of dewatermark://erase")
                .contains("apiKey", "DEWATERMARK_API_KEY", "401")
                .doesNotContain("top-secret"));
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void eachKeyIsCheckedOnce() throws Exception {
        try (TestContext context = context(sandbox.baseUrl(), sandbox.apiKey())) {
            context.start("dewatermark:erase", "dewatermark:video", "dewatermark:erase?apiKey=other");

            await().until(() ->
                    !infos.messages().isEmpty() && sandbox.requests().count(Call.CREDIT) == 2);
        }
        assertThat(infos.messages()).singleElement().satisfies(message -> assertThat(message)
                .startsWith("The platform refuses the API key of dewatermark://erase?apiKey=xxxxxx:"));
        assertThat(sandbox.requests().all()).hasSize(2);
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void nothingIsAskedForAnEndpointThatPaysNothing() throws Exception {
        try (TestContext context = context(sandbox.baseUrl(), sandbox.apiKey())) {
            context.start("dewatermark:credit");
        }
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void aPlatformThatIsAwayIsLeftToTheFirstFile() throws Exception {
        try (TestContext context = context(FakeServer.nobody(), "key")) {
            context.start("dewatermark:erase");

            await().until(() -> context.component().getFailedCalls() > 0);
        }
        assertThat(infos.messages()).isEmpty();
    }

    @Test
    void neitherTheStartNorTheStopWaitsForAnAnswer() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.silence())) {
            try (TestContext context = context(server.url(), "key")) {
                context.start("dewatermark:erase");

                await().until(() -> server.requests().size() == 1);
            }
        }
        assertThat(infos.messages()).isEmpty();
    }

    private static TestContext context(String baseUrl, String key) {
        TestContext context = TestContext.at(baseUrl, key);
        context.component().setHealthCheckProducerEnabled(true);
        return context;
    }
}
