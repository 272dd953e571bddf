package io.github.cameldewatermark.client;

import static io.github.cameldewatermark.client.TestApi.failure;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Money;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.HttpClientRules;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that break, and what that did to the money. */
class TransportFailureTest {

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aRefusedConnectionCostsNothing(ApiCall call) throws Exception {
        String nobody = FakeServer.nobody();
        try (DewatermarkClient client = TestApi.client(nobody)) {
            DewatermarkTransportException e = failure(DewatermarkTransportException.class, call, client, nobody);

            assertThat(e.billed()).isEqualTo(call.step() == Step.DOWNLOAD ? Billed.YES : Billed.NO);
            assertThat(e.retryable()).isTrue();
            boolean pays = call.money() == Money.CHARGES;
            assertThat(e).hasMessageContaining(pays ? "nothing was charged" : "got no answer");
        }
    }

    @ParameterizedTest
    @MethodSource("noAnswers")
    void withoutAnAnswerItIsUnknownWhetherWhatPaysIsPaid(ApiCall call, FakeServer.Script script) throws Exception {
        try (FakeServer server = new FakeServer(script);
                DewatermarkClient client = DewatermarkClient.builder()
                        .apiKey(TestApi.KEY)
                        .baseUrl(server.url())
                        .responseTimeout(Duration.ofMillis(150))
                        .build()) {
            DewatermarkTransportException e = failure(DewatermarkTransportException.class, call, client, server.url());

            Billed billed =
                    switch (call.step()) {
                        case ERASE, SUBMIT -> Billed.UNKNOWN;
                        case DOWNLOAD -> Billed.YES;
                        case CREDIT, CREATE, UPLOAD, STATUS -> Billed.NO;
                    };
            assertThat(e.billed()).isEqualTo(billed);
            assertThat(e.retryable()).isEqualTo(call != ApiCall.ERASE && call != ApiCall.PDF_SUBMIT);
            assertThat(e).hasMessageContaining("got no answer");
            // on a busy machine, the server may read it after the end of the call
            await().atMost(20, SECONDS)
                    .untilAsserted(() -> assertThat(server.requests()).hasSize(1));
        }
    }

    static Stream<Arguments> noAnswers() {
        return Arrays.stream(ApiCall.values())
                .flatMap(call -> Stream.of(
                        Arguments.of(call, Named.of("a reset after the request", FakeServer.resetAfterTheRequest())),
                        Arguments.of(call, Named.of("a connection that is closed", FakeServer.answer(""))),
                        Arguments.of(call, Named.of("silence", FakeServer.silence())),
                        Arguments.of(call, Named.of("no HTTP", FakeServer.answer("220 ftp.example.org\r\n\r\n")))));
    }

    @Test
    void aResetWhileALargePictureIsSentIsUnknown() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.resetWithinTheRequest())) {
            EraseRequest large = EraseRequest.automatic(Content.of("large.jpg", new byte[20_000_000]));

            DewatermarkTransportException e =
                    catchThrowableOfType(DewatermarkTransportException.class, () -> server.client()
                            .erase(large, new ByteArrayOutputStream()));

            assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(e.retryable()).isFalse();
        }
    }

    /** Else nothing would say that it may be paid for. */
    @Test
    void anErrorWhileTheAnswerIsReadIsUnknown() throws Exception {
        OutputStream full = new OutputStream() {
            @Override
            public void write(int b) {
                throw new StackOverflowError();
            }
        };
        try (FakeServer server = FakeServer.json(TestApi.eraseAnswer(TestApi.PICTURE))) {
            DewatermarkTransportException e = catchThrowableOfType(
                    DewatermarkTransportException.class, () -> server.client().erase(TestApi.erase(), full));

            assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("StackOverflowError");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiCall.class,
            names = {"VIDEO_UPLOAD", "VIDEO_DOWNLOAD", "PDF_UPLOAD", "PDF_DOWNLOAD"})
    void nothingIsSentToAHostThatIsNotAllowed(ApiCall call) throws Exception {
        try (FakeServer server = FakeServer.json("{}");
                DewatermarkClient client = TestApi.client("http://other.example.org")) {
            DewatermarkTransportException e = failure(DewatermarkTransportException.class, call, client, server.url());

            assertThat(e).hasMessageContaining("was not sent").hasMessageContaining("signedUrlHosts");
            assertThat(e.getMessage()).doesNotContain("s1gned-by-storage");
            assertThat(e.retryable()).isFalse();
            assertThat(e.billed()).isEqualTo(call.step() == Step.DOWNLOAD ? Billed.YES : Billed.NO);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aClosedClientCostsNothing() throws Exception {
        DewatermarkClient client = TestApi.client(FakeServer.nobody());
        client.close();

        DewatermarkTransportException e =
                failure(DewatermarkTransportException.class, ApiCall.ERASE, client, "http://127.0.0.1:1");

        assertThat(e.billed()).isEqualTo(Billed.NO);
    }

    @Test
    void anInterruptWhileWaitingForATurnCostsNothingAndIsKept() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.silence());
                DewatermarkClient client = oneAtATime(server)) {
            CompletableFuture.runAsync(client::credit);
            await().until(() -> !server.requests().isEmpty());
            Thread.currentThread().interrupt();
            DewatermarkTransportException e =
                    failure(DewatermarkTransportException.class, ApiCall.ERASE, client, server.url());

            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.billed()).isEqualTo(Billed.NO);
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    @Timeout(60) // otherwise the second call would wait for ever
    void aTurnIsGivenBackWhateverHappens() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.resetAfterTheRequest());
                DewatermarkClient client = oneAtATime(server)) {
            for (ApiCall call : ApiCall.values()) {
                failure(DewatermarkTransportException.class, call, client, server.url());
            }
        }
    }

    @Test
    void whoWaitsForATurnIsToldThatTheClientIsClosed() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.silence());
                DewatermarkClient client = oneAtATime(server)) {
            CompletableFuture.runAsync(client::credit);
            await().until(() -> !server.requests().isEmpty());
            CompletableFuture<DewatermarkTransportException> end = new CompletableFuture<>();
            waiting(() ->
                    end.complete(failure(DewatermarkTransportException.class, ApiCall.ERASE, client, server.url())));

            client.close();

            assertThat(end.get(20, SECONDS).billed()).isEqualTo(Billed.NO);
            assertThat(server.requests()).hasSize(1);
        }
    }

    @Test
    void turnsAreTakenWithAGivenHttpClientToo() throws Exception {
        try (FakeServer server = new FakeServer(FakeServer.silence());
                CloseableHttpClient http =
                        HttpClientRules.applyTo(HttpClients.custom()).build()) {
            DewatermarkClient client = DewatermarkClient.builder()
                    .apiKey(TestApi.KEY)
                    .baseUrl(server.url())
                    .httpClient(http)
                    .maxConcurrentRequests(1)
                    .build();
            CompletableFuture.runAsync(client::credit);
            await().until(() -> !server.requests().isEmpty());

            waiting(client::credit);

            assertThat(server.requests()).hasSize(1);
        }
    }

    /** Starts a call, and returns when it waits for its turn. */
    private static void waiting(Runnable call) {
        Thread thread = new Thread(call);
        thread.setDaemon(true);
        thread.start();
        await().until(() ->
                EnumSet.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState()));
    }

    private static DewatermarkClient oneAtATime(FakeServer server) {
        return DewatermarkClient.builder()
                .apiKey(TestApi.KEY)
                .baseUrl(server.url())
                .maxConcurrentRequests(1)
                .build();
    }
}
