package io.github.cameldewatermark.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Gateways compress answers though that isn't asked for. */
class CompressedAnswerTest {

    private static final String ANSWER =
            "{\"data\":{\"available_credit\":7},\"upload_signed_url\":\"http://localhost/x\","
                    + "\"status\":\"COMPLETED\",\"edited_image\":{\"image\":\"" + TestApi.base64(TestApi.PICTURE)
                    + "\"}";

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZip", "x-gzip", "deflate", "identity"})
    void itIsReadAllTheSame(String coding) throws Exception {
        try (FakeServer server = FakeServer.answering(answer("200 OK", coding, ANSWER + ",\"task_id\":\"t1\"}"))) {
            ByteArrayOutputStream picture = new ByteArrayOutputStream();
            server.client().erase(TestApi.erase(), picture);

            assertThat(picture.toByteArray()).isEqualTo(TestApi.PICTURE);
            assertThat(server.client().credit().availableCredit()).isEqualTo("7");
            assertThat(server.client().video().create().taskId()).isEqualTo("t1");
            assertThat(server.client().video().status("t1").status()).isEqualTo(Task.Status.COMPLETED);
        }
    }

    @Test
    void aClipIsUnpacked() throws Exception {
        byte[] clip = new byte[100_000];
        try (FakeServer server = FakeServer.answering(answer("200 OK", "gzip", new String(clip, ISO_8859_1)))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThat(server.client().video().download(URI.create(server.url() + "/clip"), out))
                    .isEqualTo(clip.length);
            assertThat(out.toByteArray()).isEqualTo(clip);
        }
    }

    @Test
    void aClipThatEndsInTheMiddleIsNotWhole() throws Exception {
        String whole = answer("200 OK", "gzip", "clip".repeat(10_000));
        String cut = whole.substring(0, whole.length() - 12)
                .replaceFirst("Content-Length: \\d+\r\n", "Transfer-Encoding: identity\r\n");
        try (FakeServer server = FakeServer.answering(cut)) {
            assertThatThrownBy(() -> server.client()
                            .video()
                            .download(URI.create(server.url() + "/clip"), OutputStream.nullOutputStream()))
                    .isInstanceOf(DewatermarkTransportException.class);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ApiCall.class,
            names = {"CREDIT", "ERASE", "VIDEO_STATUS", "VIDEO_DOWNLOAD", "PDF_STATUS", "PDF_DOWNLOAD"})
    void anotherCompressionIsSaid(ApiCall call) throws Exception {
        try (FakeServer server = FakeServer.answering(answer("200 OK", "br", ANSWER + "}"))) {
            assertThatThrownBy(() -> TestApi.call(call, server.client(), server.url()))
                    .isInstanceOf(DewatermarkTransportException.class)
                    .hasMessageContaining("its Content-Encoding is br, which was not asked for");
        }
    }

    @Test
    void whatARefusalSaysIsReadToo() throws Exception {
        try (FakeServer server = FakeServer.answering(answer("400 Bad Request", "gzip", "{\"message\":\"too odd\"}"))) {
            assertThatThrownBy(() -> server.client().credit())
                    .isInstanceOf(DewatermarkRequestException.class)
                    .hasMessageContaining("too odd");
        }
    }

    @Test
    void aBombIsReadUpToTheUsualBound() throws Exception {
        try (FakeServer server =
                FakeServer.answering(answer("200 OK", "gzip", "{\"x\":\"" + "x".repeat(3_000_000) + "\"}"))) {
            assertThatThrownBy(() -> server.client().credit())
                    .isInstanceOf(DewatermarkTransportException.class)
                    .hasMessageContaining("the JSON is longer than 1048576 bytes");
        }
    }

    private static String answer(String status, String coding, String body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out =
                switch (coding) {
                    case "gzip", "GZip", "x-gzip" -> new GZIPOutputStream(bytes);
                    case "deflate" -> new DeflaterOutputStream(bytes);
                    default -> bytes;
                }) {
            out.write(body.getBytes(ISO_8859_1));
        }
        return "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Encoding: " + coding + "\r\nContent-Length: "
                + bytes.size() + "\r\n\r\n" + bytes.toString(ISO_8859_1);
    }
}
