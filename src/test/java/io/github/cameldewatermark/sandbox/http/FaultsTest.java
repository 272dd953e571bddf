package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.put;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault.Garbling;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FaultsTest {

    private static final byte[] PICTURE = TestPictures.jpeg(40, 30, Color.BLUE);

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ZERO)
            .pictureEngine(new WhiteningPictures())
            .clipEngine(TestClips.copying(6))
            .start();

    private final TestClient client = new TestClient(sandbox);

    @Test
    void aStatusIsAnsweredSoManyTimesAndNothingIsCharged() throws IOException {
        sandbox.faults().on(Call.ERASE).times(2).inject(Fault.status(429).retryAfter("1"));

        for (int i = 0; i < 2; i++) {
            HttpResponse<byte[]> response = erase();
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(json(response).has("message")).isTrue();
        }
        assertThat(sandbox.ledger()).isEmpty();
        assertThat(sandbox.faults().isUsedUp()).isTrue();
        assertThat(erase().statusCode()).isEqualTo(200);
        assertThat(sandbox.requests().of(Call.ERASE)).extracting("status").containsExactly(429, 429, 200);
    }

    @Test
    void aStatusMayHaveABodyOfItsOwn() throws IOException {
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(503).body("text/html", "<h1>Maintenance</h1>"));

        HttpResponse<byte[]> response = client.get(TestClient.CREDIT);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("<h1>Maintenance</h1>");
    }

    @Test
    void scriptsOfACallAreUsedUpInTurnAndMayBeginLater() throws IOException {
        sandbox.faults().on(Call.CREDIT).after(1).inject(Fault.status(500));
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(418));

        assertThat(new int[] {credit(), credit(), credit(), credit()}).containsExactly(200, 500, 418, 200);
    }

    @Test
    void aFaultCanLastUntilItIsCleared() throws IOException {
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(500));
        assertThat(new int[] {credit(), credit(), credit()}).containsExactly(500, 500, 500);

        sandbox.faults().clear();
        assertThat(credit()).isEqualTo(200);
    }

    @Test
    void aDelayHoldsTheRequestBack() throws IOException {
        sandbox.faults().on(Call.CREDIT).inject(Fault.delay(Duration.ofMillis(300)));

        long begin = System.nanoTime();
        assertThat(credit()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void aConnectionResetBeforeProcessingChargesNothing() {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetBefore());

        assertThatIOException().isThrownBy(this::erase);
        assertThat(sandbox.ledger()).isEmpty();
        assertThat(sandbox.requests().of(Call.ERASE)).extracting("status").containsExactly(LoggedRequest.NO_ANSWER);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "Other systems may end the connection without a reset")
    void aRequestWithABodyIsCutOffInTheMiddleBeforeProcessing() throws IOException {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetBefore());
        URI base = URI.create(sandbox.baseUrl());
        try (Socket socket = new Socket(base.getHost(), base.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + TestClient.ERASE + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));

            // more than buffers hold: who goes on writing to a connection that ended in the middle is told so
            assertThatExceptionOfType(SocketException.class).isThrownBy(() -> {
                byte[] block = new byte[50_000];
                for (int sent = 0; sent < 1_000_000_000; sent += block.length) {
                    out.write(block);
                }
            });
            await().until(() -> sandbox.requests().count(Call.ERASE) == 1);
            // neither answered nor charged
            assertThat(sandbox.requests().of(Call.ERASE)).extracting("status").containsExactly(LoggedRequest.NO_ANSWER);
            assertThat(sandbox.ledger()).isEmpty();
        }
    }

    @Test
    void aConnectionResetAfterProcessingHasCharged() {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());

        assertThatIOException().isThrownBy(this::erase);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aSubmitWithoutAnAnswerHasSubmitted() throws IOException {
        JsonNode ticket = client.createUpload();
        String taskId = ticket.get("task_id").asText();
        put(ticket.get("upload_signed_url").asText(), TestClips.mp4(6, 1));
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetAfter());

        assertThatIOException().isThrownBy(() -> client.submit(taskId));
        assertThat(client.status(taskId).get("status").asText()).isNotEqualTo("CREATED");
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void aCutAnswerAnnouncesMoreThanItSends() {
        sandbox.faults().on(Call.ERASE).inject(Fault.cut());
        sandbox.faults().on(Call.ERASE).inject(Fault.cutAfter(10));

        assertThatIOException().isThrownBy(this::erase);
        assertThatIOException().isThrownBy(this::erase);
        assertThat(sandbox.ledger()).hasSize(2);
    }

    @Test
    void aDownloadCanBeCut() throws IOException {
        String taskId = client.submitClip(TestClips.mp4(6, 500_000));
        String url = await().until(() -> client.status(taskId), status -> status.has("download_signed_url"))
                .get("download_signed_url")
                .asText();
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cutAfter(300_000));

        assertThatIOException().isThrownBy(() -> send(anywhere(url).GET()));
        assertThat(send(anywhere(url).GET()).body()).hasSizeGreaterThan(500_000);
    }

    @Test
    void anAnswerCanBeGarbled() throws IOException {
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Garbling.NOT_JSON));
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Garbling.ENDS_EARLY));
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Garbling.BROKEN_BASE64));
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Garbling.MISSING_IMAGE));

        assertThat(catchThrowable(() -> json(erase()))).isInstanceOf(JsonProcessingException.class);
        assertThat(catchThrowable(() -> json(erase()))).isInstanceOf(JsonProcessingException.class);
        JsonNode broken = json(erase());
        assertThat(catchThrowable(() -> broken.at("/edited_image/image").binaryValue()))
                .isInstanceOf(IOException.class);
        assertThat(broken.get("session_id").asText()).isNotEmpty();
        JsonNode without = json(erase());
        assertThat(without.at("/edited_image/image").isMissingNode()).isTrue();
        assertThat(without.get("session_id").asText()).isNotEmpty();
        assertThat(sandbox.ledger()).hasSize(4);
    }

    @Test
    void aTaskCanBeMadeToFailAndIsRefunded() throws IOException {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());

        String taskId = client.submitClip(TestClips.mp4(6, 1));

        assertThat(client.status(taskId).get("status").asText()).isEqualTo("FAILED");
        assertThat(sandbox.ledger()).extracting("kind").containsExactly(Kind.CHARGE, Kind.REFUND);
        assertThat(sandbox.balance()).isEqualByComparingTo("1000");
    }

    @Test
    void storageSpeaksXmlInItsFaultsToo() throws IOException {
        JsonNode ticket = client.createUpload();
        sandbox.faults().on(Call.UPLOAD).inject(Fault.status(503));

        HttpResponse<byte[]> response = put(ticket.get("upload_signed_url").asText(), new byte[10]);

        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("xml");
    }

    @Test
    void aFaultThatMakesNoSenseForACallIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.faults().on(Call.ERASE).inject(Fault.failingTask()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.faults().on(Call.STATUS).inject(Fault.garbled(Garbling.MISSING_IMAGE)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sandbox.faults().on(Call.STATUS).times(0));
    }

    private HttpResponse<byte[]> erase() throws IOException {
        return client.erase(new Form().image(PICTURE));
    }

    private int credit() throws IOException {
        return client.get(TestClient.CREDIT).statusCode();
    }
}
