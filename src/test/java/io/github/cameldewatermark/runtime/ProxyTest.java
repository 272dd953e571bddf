package io.github.cameldewatermark.runtime;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A platform that can only be had through a proxy: its name means nothing here. */
@ExtendWith(NoSecretsLogged.class)
class ProxyTest {

    private static final String BALANCE = "{\"data\": {\"available_credit\": 7}}";
    private static final String CREDENTIALS = "Basic "
            + Base64.getEncoder().encodeToString("proxy-user:proxy-secret".getBytes(StandardCharsets.US_ASCII));

    /** WireMock as the proxy: it is asked for whole URLs. */
    @RegisterExtension
    static final EraseStub PROXY = EraseStub.server();

    @AutoClose
    private final TestContext context = TestContext.at("http://platform.invalid");

    @Test
    void callsGoThroughTheProxy() throws Exception {
        PROXY.stubFor(get(anyUrl()).willReturn(okJson(BALANCE)));
        context.component().setProxyHost("localhost");
        context.component().setProxyPort(PROXY.getPort());

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();

        PROXY.verify(
                1, getRequestedFor(urlPathEqualTo("/api/creditInfo")).withHeader("Host", equalTo("platform.invalid")));
    }

    @Test
    void theProxyGetsItsPasswordWhenItAsksAndThePictureIsSentOnceMore() throws Exception {
        PROXY.stubFor(post(anyUrl())
                .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")));
        PROXY.stubFor(post(anyUrl())
                .withHeader("Proxy-Authorization", equalTo(CREDENTIALS))
                .willReturn(okJson(EraseStub.answer(jpeg(), 1))));
        context.component().setProxyHost("localhost");
        context.component().setProxyPort(PROXY.getPort());
        context.component().setProxyUsername("proxy-user");
        context.component().setProxyPassword("proxy-secret");

        byte[] cleaned = TestContext.body(context.start("dewatermark:erase").send(jpeg(20, 20, 4)));

        assertThat(cleaned).isEqualTo(jpeg());
        PROXY.verify(1, postRequestedFor(anyUrl()).withHeader("Proxy-Authorization", equalTo(CREDENTIALS)));
        assertThat(PROXY.findAll(postRequestedFor(anyUrl()).withHeader("Proxy-Authorization", equalTo(CREDENTIALS))))
                .allSatisfy(call ->
                        assertThat(EraseStub.parts(call)).containsEntry("original_preview_image", jpeg(20, 20, 4)));
    }

    @Test
    void aProxyThatWantsAPasswordAndGetsNoneIsAnErrorThatIsNotBilled() throws Exception {
        PROXY.stubFor(post(anyUrl())
                .willReturn(aResponse().withStatus(407).withHeader("Proxy-Authenticate", "Basic realm=\"proxy\"")));
        context.component().setProxyHost("localhost");
        context.component().setProxyPort(PROXY.getPort());

        DewatermarkRequestException error =
                failure(context.start("dewatermark:erase").send(jpeg()), DewatermarkRequestException.class);

        assertThat(error.status()).isEqualTo(407);
        assertThat(error.billed()).isEqualTo(Billed.NO);
    }

    @Test
    void anHttpsPlatformIsReachedByATunnelAndTlsIsNotSpokenToTheProxy() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> request = CompletableFuture.supplyAsync(() -> refuseTunnel(socket));
            context.component().setProxyHost("127.0.0.1");
            context.component().setProxyPort(socket.getLocalPort());

            DewatermarkTransportException error = failure(
                    context.start("dewatermark:erase?baseUrl=https://platform.invalid")
                            .send(jpeg()),
                    DewatermarkTransportException.class);

            assertThat(request.get(10, TimeUnit.SECONDS)).isEqualTo("CONNECT platform.invalid:443 HTTP/1.1");
            assertThat(error).hasMessageContaining("proxy answered with HTTP 502");
            assertThat(error.billed()).isEqualTo(Billed.NO);
            assertThat(error.retryable()).isTrue();
        }
    }

    /** Answers the first request with 502, and returns its first line. */
    private static String refuseTunnel(ServerSocket proxy) {
        try (Socket client = proxy.accept()) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            String first = in.readLine();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                // the headers
            }
            client.getOutputStream()
                    .write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            return first;
        } catch (IOException e) {
            return e.toString();
        }
    }
}
