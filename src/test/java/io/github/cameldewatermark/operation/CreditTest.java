package io.github.cameldewatermark.operation;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.cameldewatermark.DewatermarkConstants.AVAILABLE_CREDIT;
import static io.github.cameldewatermark.DewatermarkConstants.USER_ID;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import java.math.BigDecimal;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The balance as the body and in headers, whatever the message had. */
class CreditTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    private static void answer(String json) {
        WIRE.stubFor(get("/api/creditInfo").willReturn(okJson(json)));
    }

    static Stream<Object> bodies() {
        return Stream.of("text", new byte[0], new Object(), 7);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void theBodyBecomesTheBalanceWhateverItWas(Object body) throws Exception {
        answer("""
                {"status": "OK", "data": {"available_credit": 998.8, "user_id": "user-1"}}""");

        Exchange exchange = context.start("dewatermark:credit").send(body, Map.of("order", 7));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo(new CreditInfo(new BigDecimal("998.8"), "user-1"));
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(AVAILABLE_CREDIT, new BigDecimal("998.8"))
                .containsEntry(USER_ID, "user-1")
                .containsEntry("order", 7);
        WIRE.verify(
                1, getRequestedFor(urlEqualTo("/api/creditInfo")).withHeader("X-API-KEY", equalTo(TestContext.KEY)));
    }

    @Test
    void aMessageWithoutABodyWillDoAndAnOldUserIdGoes() throws Exception {
        answer("""
                {"status": "OK", "data": {"available_credit": 1000}}""");

        Exchange exchange = context.start("dewatermark:credit").send(null, Map.of(USER_ID, "somebody else"));

        assertThat(exchange.getMessage().getBody(CreditInfo.class).availableCredit())
                .isEqualByComparingTo("1000");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(USER_ID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"data\": {\"available_credit\": \"many\"}}", "<html/>", ""})
    void anAnswerWithoutABalanceIsATransportErrorThatCostsNothing(String json) throws Exception {
        answer(json);

        Exchange exchange = context.start("dewatermark:credit").send("text");

        DewatermarkTransportException error = TestContext.failure(exchange, DewatermarkTransportException.class);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(exchange.getMessage().getBody()).isEqualTo("text");
    }

    @Test
    void aRouteCanDecideByTheBalance() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(new BigDecimal("0.6")).start();
                TestContext poor = TestContext.at(sandbox)) {
            poor.start(routes -> routes.from("direct:in")
                    .to("dewatermark:credit")
                    .filter(routes.simple("${header.CamelDewatermarkAvailableCredit} < 1"))
                    .setBody(routes.simple("only ${body.availableCredit}")));

            assertThat(poor.send(null).getMessage().getBody()).isEqualTo("only 0.6");
        }
    }
}
