package io.github.cameldewatermark.kamelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The Kamelet dewatermark-credit-source in pipes. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class CreditSourceTest {

    private static final String SOURCE = "dewatermark-credit-source";

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .apiKey("kamelet-key-1", 10)
            .apiKey("kamelet-key-2", 20)
            .start();

    @Test
    void sendsTheBalanceAsJsonNowAndThen() throws Exception {
        MockEndpoint balances = context.mock("mock:balance");
        balances.expectedMinimumMessageCount(3);

        start("balance", "kamelet-key-1", Map.of("period", "50"));

        balances.assertIsSatisfied();
        Exchange first = balances.getExchanges().get(0);
        assertThat(new ObjectMapper().readTree(first.getMessage().getBody(String.class)))
                .isEqualTo(new ObjectMapper()
                        .readTree(
                                "{\"availableCredit\": 10, \"userId\": \"" + sandbox.userId("kamelet-key-1") + "\"}"));
        assertThat(first.getMessage().getHeader(Exchange.CONTENT_TYPE)).isEqualTo("application/json");
    }

    @Test
    void sendsOnlyABalanceBelowItsThreshold() throws Exception {
        MockEndpoint low = context.mock("mock:low");
        MockEndpoint enough = context.mock("mock:enough");
        MockEndpoint all = context.mock("mock:all");
        low.expectedMinimumMessageCount(2);
        all.expectedMinimumMessageCount(3);

        add("low", "kamelet-key-1", Map.of("period", "50", "threshold", "11"));
        add("all", "kamelet-key-2", Map.of("period", "200"));
        start("enough", "kamelet-key-2", Map.of("period", "50", "threshold", "20"));

        low.assertIsSatisfied();
        all.assertIsSatisfied(); // so that the other one, which looks more often, has seen the balance as well
        assertThat(enough.getExchanges()).isEmpty();
    }

    @Test
    void twoSourcesLookAtTheirOwnAccounts() throws Exception {
        context.mock("mock:a").expectedMinimumMessageCount(1);
        context.mock("mock:b").expectedMinimumMessageCount(1);

        add("a", "kamelet-key-1", Map.of());
        start("b", "kamelet-key-2", Map.of());

        context.mock("mock:a").assertIsSatisfied();
        context.mock("mock:b").assertIsSatisfied();
        assertThat(body("mock:a")).contains("10").doesNotContain("20");
        assertThat(body("mock:b")).contains("20");
    }

    @Test
    void withoutAKeyThePipeDoesNotStartAndSaysWhatIsMissing() {
        assertThatThrownBy(() -> {
                    Pipe.from("balance", SOURCE, Map.of()).addTo(context.camel());
                    context.camel().start();
                })
                .hasStackTraceContaining("The option apiKey is missing: set it on the endpoint");
    }

    private String body(String mock) {
        return context.mock(mock).getExchanges().get(0).getMessage().getBody(String.class);
    }

    private void start(String pipe, String key, Map<String, String> properties) throws Exception {
        add(pipe, key, properties);
        context.camel().start();
    }

    private void add(String pipe, String key, Map<String, String> properties) throws Exception {
        Map<String, String> all = new java.util.HashMap<>(properties);
        all.put("apiKey", key);
        all.put("baseUrl", sandbox.baseUrl());
        Pipe.from(pipe, SOURCE, all).addTo(context.camel());
    }
}
