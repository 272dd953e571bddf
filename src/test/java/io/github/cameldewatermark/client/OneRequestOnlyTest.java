package io.github.cameldewatermark.client;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A call is one request: nothing is repeated, followed or remembered behind the caller's back. */
class OneRequestOnlyTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aRefusedCallIsNotRepeated(ApiCall call) throws Exception {
        for (int status : new int[] {429, 503}) {
            assertOneRequest(call, "HTTP/1.1 " + status + " Later\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aRedirectIsNotFollowed(ApiCall call) throws Exception {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            assertOneRequest(
                    call, "HTTP/1.1 " + status + " There\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n");
        }
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aCallThatWasResetIsNotRepeated(ApiCall call) throws Exception {
        try (FakeServer raw = new FakeServer(FakeServer.resetAfterTheRequest())) {
            assertThatThrownBy(() -> TestApi.call(call, raw)).isInstanceOf(DewatermarkTransportException.class);

            assertThat(raw.requests()).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cookiesAreNotSentBack(boolean success) throws Exception {
        SERVER.stubFor(any(anyUrl())
                .willReturn((success ? okJson("{\"data\":{\"available_credit\":1}}") : status(400))
                        .withHeader("Set-Cookie", "session=1; Path=/")));

        try (DewatermarkClient client = TestApi.client(SERVER.baseUrl())) {
            for (int i = 0; i < 2; i++) {
                if (success) {
                    client.credit();
                } else {
                    assertThatThrownBy(client::credit).isInstanceOf(DewatermarkServiceException.class);
                }
            }
        }

        assertThat(SERVER.getAllServeEvents()).hasSize(2).allSatisfy(event -> assertThat(
                        event.getRequest().getHeaders().keys())
                .doesNotContain("Cookie"));
    }

    @Test
    void compressionIsNotAskedForSoThatTheLengthOfAnAnswerTellsWhetherItIsWhole() throws Exception {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"data\":{\"available_credit\":1}}")));

        try (DewatermarkClient client = TestApi.client(SERVER.baseUrl())) {
            client.credit();
        }

        assertThat(SERVER.getAllServeEvents().get(0).getRequest().getHeaders().keys())
                .doesNotContain("Accept-Encoding");
    }

    private static void assertOneRequest(ApiCall call, String answer) throws Exception {
        try (FakeServer raw = FakeServer.answering(answer)) {
            assertThatThrownBy(() -> TestApi.call(call, raw)).isInstanceOf(DewatermarkServiceException.class);

            assertThat(raw.requests()).hasSize(1);
        }
    }
}
