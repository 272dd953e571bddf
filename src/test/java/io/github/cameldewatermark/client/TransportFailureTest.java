package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Connections that break, and what that did to the money. */
class TransportFailureTest {

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aRefusedConnectionCostsNothing(ApiCall call) throws Exception {
        String nobody = "http://127.0.0.1:" + freePort();
        try (DewatermarkClient client = TestApi.client(nobody)) {
            DewatermarkTransportException e = failure(call, client, nobody);

            assertThat(e.billed()).isEqualTo(call == ApiCall.DOWNLOAD ? Billed.YES : Billed.NO);
            assertThat(e.retryable()).isTrue();
            boolean pays = call == ApiCall.ERASE || call == ApiCall.SUBMIT;
            assertThat(e).hasMessageContaining(pays ? "nothing was charged" : "got no answer");
        }
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aResetAfterTheRequestIsUnknownForWhatPays(ApiCall call) throws Exception {
        assertNoAnswer(call, RawServer.resettingAfterTheRequest());
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aConnectionThatIsClosedWithoutAnAnswerIsUnknownForWhatPays(ApiCall call) throws Exception {
        assertNoAnswer(call, RawServer.answering(""));
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void aServerThatSaysNothingIsUnknownForWhatPays(ApiCall call) throws Exception {
        assertNoAnswer(call, RawServer.silent());
    }

    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void anAnswerThatIsNotHttpIsUnknownForWhatPays(ApiCall call) throws Exception {
        assertNoAnswer(call, RawServer.answering("220 ftp.example.org\r\n\r\n"));
    }

    @Test
    void aResetWhileALargePictureIsSentIsUnknown() throws Exception {
        try (RawServer server = new RawServer(RawServer.resettingWithinTheRequest());
                DewatermarkClient client = TestApi.client(server.url())) {
            EraseRequest large = EraseRequest.automatic(Content.of("large.jpg", new byte[20_000_000]));

            DewatermarkTransportException e = catchThrowableOfType(
                    DewatermarkTransportException.class, () -> client.erase(large, new ByteArrayOutputStream()));

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
        try (RawServer server = new RawServer(RawServer.answering(RawServer.ok(TestApi.eraseAnswer(TestApi.PICTURE))));
                DewatermarkClient client = TestApi.client(server.url())) {
            DewatermarkTransportException e = catchThrowableOfType(
                    DewatermarkTransportException.class, () -> client.erase(TestApi.erase(), full));

            assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(e.retryable()).isFalse();
            assertThat(e).hasMessageContaining("StackOverflowError");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiCall.class,
            names = {"UPLOAD", "DOWNLOAD"})
    void nothingIsSentToAHostThatIsNotAllowed(ApiCall call) throws Exception {
        try (RawServer server = new RawServer(RawServer.answering(RawServer.ok("{}")));
                DewatermarkClient client = TestApi.client("http://other.example.org")) {
            DewatermarkTransportException e = failure(call, client, server.url());

            assertThat(e).hasMessageContaining("was not sent").hasMessageContaining("signedUrlHosts");
            assertThat(e.getMessage()).doesNotContain("s1gned-by-storage");
            assertThat(e.retryable()).isFalse();
            assertThat(e.billed()).isEqualTo(call == ApiCall.DOWNLOAD ? Billed.YES : Billed.NO);
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void aClosedClientCostsNothing() throws Exception {
        DewatermarkClient client = TestApi.client("http://127.0.0.1:" + freePort());
        client.close();

        DewatermarkTransportException e = failure(ApiCall.ERASE, client, "http://127.0.0.1:1");

        assertThat(e.billed()).isEqualTo(Billed.NO);
    }

    @Test
    void anInterruptWhileWaitingForATurnCostsNothingAndIsKept() throws Exception {
        try (DewatermarkClient client = DewatermarkClient.builder()
                .apiKey(TestApi.KEY)
                .requestLimit(new Semaphore(0))
                .build()) {
            Thread.currentThread().interrupt();
            DewatermarkTransportException e = failure(ApiCall.ERASE, client, "http://127.0.0.1:1");

            assertThat(Thread.interrupted()).isTrue();
            assertThat(e.billed()).isEqualTo(Billed.NO);
            assertThat(e.retryable()).isTrue();
        }
    }

    @Test
    void aTurnIsGivenBackWhateverHappens() throws Exception {
        Semaphore turns = new Semaphore(1);
        try (RawServer server = new RawServer(RawServer.resettingAfterTheRequest());
                DewatermarkClient client = DewatermarkClient.builder()
                        .apiKey(TestApi.KEY)
                        .baseUrl(server.url())
                        .requestLimit(turns)
                        .build()) {
            for (ApiCall call : ApiCall.values()) {
                failure(call, client, server.url());
                assertThat(turns.availablePermits()).isEqualTo(1);
            }
        }
    }

    private static void assertNoAnswer(ApiCall call, RawServer.Script script) throws Exception {
        try (RawServer server = new RawServer(script);
                DewatermarkClient client = DewatermarkClient.builder()
                        .apiKey(TestApi.KEY)
                        .baseUrl(server.url())
                        .responseTimeout(Duration.ofMillis(150))
                        .build()) {
            DewatermarkTransportException e = failure(call, client, server.url());

            Billed billed =
                    switch (call) {
                        case ERASE, SUBMIT -> Billed.UNKNOWN;
                        case DOWNLOAD -> Billed.YES;
                        case CREDIT, CREATE_UPLOAD, UPLOAD, STATUS -> Billed.NO;
                    };
            assertThat(e.billed()).isEqualTo(billed);
            assertThat(e.retryable()).isEqualTo(call != ApiCall.ERASE);
            assertThat(e).hasMessageContaining("got no answer");
            assertThat(server.requests()).hasSize(1);
        }
    }

    private static DewatermarkTransportException failure(ApiCall call, DewatermarkClient client, String baseUrl) {
        DewatermarkTransportException e =
                catchThrowableOfType(DewatermarkTransportException.class, () -> TestApi.call(call, client, baseUrl));
        assertThat(e).as("%s", call).isNotNull();
        assertThat(e.operation()).isEqualTo(call.toString());
        assertThat(e.getMessage()).startsWith("Dewatermark " + call + " ").doesNotContain(TestApi.KEY);
        return e;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
