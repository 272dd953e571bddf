package io.github.cameldewatermark.runtime;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.temporaryRedirect;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.DewatermarkEndpoint;
import io.github.cameldewatermark.client.FakeServer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.component.http.HttpActivityListener;
import org.apache.camel.component.http.HttpComponent;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.MessageConstraintException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The HTTP client is that of camel-http, with its options; what would pay twice or carry the key away is off. */
class HttpOptionsTest {

    private static final String BALANCE = "{\"data\": {\"available_credit\": 7}}";

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @BeforeEach
    void setUp() {
        WIRE.stubFor(get(anyUrl()).willReturn(okJson(BALANCE)));
    }

    @Test
    void theOptionsOfTheHttpComponentOfTheContextTakeEffect() throws Exception {
        context.camel().getComponent("http", HttpComponent.class).setUserAgent("of-the-context");

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();

        WIRE.verify(1, getRequestedFor(anyUrl()).withHeader("User-Agent", equalTo("of-the-context")));
    }

    @Test
    void theOptionsOfAnHttpComponentOfOnesOwnTakeEffectAndItStaysOpen() throws Exception {
        HttpComponent shared = new HttpComponent();
        shared.setHttpClientConfigurer(builder -> builder.setUserAgent("of-its-own"));
        PoolingHttpClientConnectionManager connections = new PoolingHttpClientConnectionManager();
        shared.setClientConnectionManager(connections);
        context.camel().addComponent("shared", shared);
        context.component().setHttpComponent(shared);
        context.start("dewatermark:credit");
        assertThat(context.send(null).getException()).isNull();
        WIRE.verify(1, getRequestedFor(anyUrl()).withHeader("User-Agent", equalTo("of-its-own")));

        context.component().stop();

        Exchange other = context.sendTo("shared://localhost:" + WIRE.getPort() + "/other", null, Map.of());
        assertThat(other.getException()).isNull();
        WIRE.verify(1, getRequestedFor(urlEqualTo("/other")));
        connections.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X: x\r\n", "x"})
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void theHeadOfAnAnswerIsReadUpToABound(String withoutEnd) throws Exception {
        byte[] endless = withoutEnd.repeat(8192).getBytes(StandardCharsets.US_ASCII);
        FakeServer.Script script = (connection, server) -> {
            FakeServer.answer("HTTP/1.1 200 OK\r\nX: ").play(connection, server);
            while (true) { // until the client goes away
                connection.getOutputStream().write(endless);
            }
        };
        try (FakeServer server = new FakeServer(script)) {
            context.options().setBaseUrl(server.url());

            Exception failure = context.start("dewatermark:credit").send(null).getException();

            assertThat(failure).hasRootCauseInstanceOf(MessageConstraintException.class);
        }
    }

    @Test
    void theTimeoutsOfTheHttpComponentDoNotTakeEffect() throws Exception {
        context.camel().getComponent("http", HttpComponent.class).setResponseTimeout(50);
        WIRE.stubFor(get("/api/creditInfo").willReturn(okJson(BALANCE).withFixedDelay(300)));

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();
    }

    @Test
    void anHttpComponentThatIsNobodysBeanWillDo() throws Exception {
        HttpComponent bean = new HttpComponent();
        bean.setUserAgent("of-a-bean");
        context.component().setHttpComponent(bean);

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();

        WIRE.verify(1, getRequestedFor(anyUrl()).withHeader("User-Agent", equalTo("of-a-bean")));
    }

    @ParameterizedTest
    @CsvSource({"https://platform.dewatermark.ai, https", "http://127.0.0.1:8080, http"})
    void anEndpointTellsWhereItsServiceIs(String baseUrl, String protocol) {
        DewatermarkEndpoint endpoint =
                context.camel().getEndpoint("dewatermark:erase?baseUrl=" + baseUrl, DewatermarkEndpoint.class);

        assertThat(endpoint.getServiceUrl()).isEqualTo(baseUrl);
        assertThat(endpoint.getServiceProtocol()).isEqualTo(protocol);
    }

    @Test
    void noRedirectIsFollowedEvenIfTheHttpComponentWould() throws Exception {
        WIRE.stubFor(get("/api/creditInfo").willReturn(temporaryRedirect("/elsewhere")));
        HttpComponent follower = new HttpComponent();
        follower.setFollowRedirects(true);
        context.camel().addComponent("follower", follower);
        context.component().setHttpComponent(follower);

        DewatermarkServiceException error =
                failure(context.start("dewatermark:credit").send(null), DewatermarkServiceException.class);

        assertThat(error.status()).isEqualTo(302);
        WIRE.verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void aServerThatIsNotAvailableIsNotAskedTwiceBehindOurBack() throws Exception {
        WIRE.answersWith(EraseStub.json("").withStatus(503));

        context.start("dewatermark:erase?maxThrottleWait=0").send(jpeg());

        assertThat(WIRE.calls()).hasSize(1);
    }

    @Test
    void noCookieIsKept() throws Exception {
        WIRE.stubFor(get("/api/creditInfo").willReturn(okJson(BALANCE).withHeader("Set-Cookie", "a=b")));
        context.start("dewatermark:credit");

        context.send(null);
        context.send(null);

        WIRE.verify(2, getRequestedFor(urlEqualTo("/api/creditInfo")).withoutHeader("Cookie"));
    }

    @Test
    void aListenerOfHttpActivityInTheRegistryDoesNotSeeTheKey() throws Exception {
        CountingListener listener = new CountingListener();
        context.bind("listener", listener);
        HttpComponent http = context.camel().getComponent("http", HttpComponent.class);
        http.setLogHttpActivity(true);
        assertThat(http.getHttpActivityListener()).isSameAs(listener);
        context.start("dewatermark:credit");

        assertThat(context.send(null).getException()).isNull();
        assertThat(listener.calls).hasValue(0);

        // it is at work, as another endpoint shows
        context.sendTo(WIRE.baseUrl() + "/other", null, Map.of());
        assertThat(listener.calls).hasPositiveValue();
    }

    /** Sees the requests, with all their headers. */
    private static final class CountingListener implements HttpActivityListener {
        private final AtomicInteger calls = new AtomicInteger();

        @Override
        public void onRequestSubmitted(
                Object source, Exchange exchange, HttpHost host, HttpRequest request, HttpEntity entity) {
            calls.incrementAndGet();
        }

        @Override
        public void onResponseReceived(
                Object source,
                Exchange exchange,
                HttpHost host,
                HttpResponse response,
                HttpEntity entity,
                long elapsed) {
            calls.incrementAndGet();
        }
    }

    @Test
    void responseTimeoutIsThatOfTheEndpoint() throws Exception {
        WIRE.stubFor(get("/api/creditInfo").willReturn(okJson(BALANCE).withFixedDelay(700)));
        context.start("dewatermark:credit?responseTimeout=150");

        DewatermarkTransportException error = failure(context.send(null), DewatermarkTransportException.class);

        assertThat(error).hasRootCauseInstanceOf(SocketTimeoutException.class);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(context.sendTo("dewatermark:credit?responseTimeout=5s", null, Map.of())
                        .getException())
                .isNull();
    }

    @Test
    void anEraseWithoutAnAnswerInTimeIsPerhapsBilledAndNotRepeated() throws Exception {
        WIRE.answersWith(EraseStub.json(EraseStub.answer(jpeg(), 1)).withFixedDelay(700));

        DewatermarkTransportException error = failure(
                context.start("dewatermark:erase?responseTimeout=150").send(jpeg()),
                DewatermarkTransportException.class);

        assertThat(error.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(error.retryable()).isFalse();
        assertThat(WIRE.calls()).hasSize(1);
    }

    @Test
    void anEraseThatFoundNobodyIsNotBilled() throws Exception {
        DewatermarkTransportException error = failure(
                context.start("dewatermark:erase?baseUrl=" + FakeServer.nobody())
                        .send(jpeg()),
                DewatermarkTransportException.class);

        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            disabledReason = "elsewhere a full backlog refuses, instead of keeping callers waiting")
    void connectTimeoutIsThatOfTheEndpoint() throws Exception {
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fillBacklog(busy, waiting);

            long start = System.nanoTime();
            DewatermarkTransportException error = failure(
                    context.start("dewatermark:erase?connectTimeout=200&baseUrl=http://127.0.0.1:"
                                    + busy.getLocalPort())
                            .send(jpeg()),
                    DewatermarkTransportException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(150), Duration.ofSeconds(3));
            assertThat(error).hasMessageContaining("ConnectTimeoutException");
            assertThat(error.billed()).isEqualTo(Billed.NO);
            assertThat(error.retryable()).isTrue();
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    private static void fillBacklog(ServerSocket busy, List<Socket> waiting) throws IOException {
        while (waiting.size() < 10) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(new InetSocketAddress(busy.getInetAddress(), busy.getLocalPort()), 100);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
        throw new IllegalStateException("the backlog has no end");
    }

    @Test
    void anHttpComponentAndHttpOptionsOfOnesOwnExcludeEachOther() {
        context.component().setHttpComponent(new HttpComponent());
        context.component().setProxyHost("proxy.example");

        assertThatThrownBy(() -> context.start("dewatermark:credit"))
                .hasStackTraceContaining("httpComponent")
                .hasStackTraceContaining("proxyHost");
    }
}
