package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.put;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class StorageTest {

    private static final byte[] CLIP = TestClips.mp4(6, 100);
    private static final String TYPE = "application/octet-stream";

    private final TestClock clock = new TestClock();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .clock(clock)
            .taskDuration(Duration.ZERO)
            .uploadUrlValidity(Duration.ofMinutes(5))
            .clipEngine(TestClips.copying(6))
            .start();

    private final TestClient client = new TestClient(sandbox);

    @Test
    void anUploadNeedsTheSignedMethodAndContentType() throws IOException {
        String url = uploadUrl();

        refused(403, "SignatureDoesNotMatch", send(anywhere(url).PUT(BodyPublishers.ofByteArray(CLIP))));
        refused(
                403,
                "SignatureDoesNotMatch",
                send(anywhere(url).header("Content-Type", "video/mp4").PUT(BodyPublishers.ofByteArray(CLIP))));
        refused(
                403,
                "SignatureDoesNotMatch",
                send(anywhere(url).header("Content-Type", TYPE).POST(BodyPublishers.ofByteArray(CLIP))));
        refused(403, "SignatureDoesNotMatch", send(anywhere(url).GET()));
        assertThat(put(url, CLIP).statusCode()).isEqualTo(200);
        assertThat(put(url, CLIP).statusCode()).as("once more").isEqualTo(200);
    }

    @Test
    void aSignatureOpensOneObjectOnly() throws IOException {
        String mine = uploadUrl();
        String other = uploadUrl();
        String mixed = other.substring(0, other.indexOf('?')) + mine.substring(mine.indexOf('?'));

        refused(403, "SignatureDoesNotMatch", put(mixed, CLIP));
        refused(403, "SignatureDoesNotMatch", put(mine.substring(0, mine.indexOf('?')), CLIP));
        refused(403, "SignatureDoesNotMatch", put(mine.replace("Expires=1", "Expires=2"), CLIP));
    }

    @Test
    void anUploadUrlExpires() throws IOException {
        String url = uploadUrl();
        clock.pass(Duration.ofMinutes(5));

        refused(400, "ExpiredToken", put(url, CLIP));
    }

    @Test
    void aDownloadUrlExpiresTwoDaysAfterTheCompletion() throws IOException {
        String url = downloadUrl();
        clock.pass(Duration.ofDays(2).minusSeconds(1));
        assertThat(send(anywhere(url).GET()).statusCode()).isEqualTo(200);
        clock.pass(Duration.ofSeconds(1));

        refused(400, "ExpiredToken", send(anywhere(url).GET()));
    }

    @Test
    void aDownloadIsForGetOnlyAndForItsSignature() throws IOException {
        String url = downloadUrl();

        refused(403, "SignatureDoesNotMatch", put(url, CLIP));
        refused(
                403,
                "SignatureDoesNotMatch",
                send(anywhere(url.substring(0, url.length() - 1) + "g").GET()));
    }

    @Test
    void aPartOfAClipCanBeHad() throws IOException {
        String url = downloadUrl();

        HttpResponse<byte[]> middle =
                send(anywhere(url).header("Range", "bytes=4-7").GET());
        assertThat(middle.statusCode()).isEqualTo(206);
        assertThat(new String(middle.body(), StandardCharsets.US_ASCII)).isEqualTo("ftyp");
        assertThat(middle.headers().firstValue("Content-Range")).hasValue("bytes 4-7/" + CLIP.length);

        HttpResponse<byte[]> rest = send(anywhere(url)
                .header("Range", "bytes=" + (CLIP.length - 3) + "-")
                .GET());
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).hasSize(3);

        HttpResponse<byte[]> outside =
                send(anywhere(url).header("Range", "bytes=" + CLIP.length + "-").GET());
        assertThat(outside.statusCode()).isEqualTo(416);
        assertThat(outside.headers().firstValue("Content-Range")).hasValue("bytes */" + CLIP.length);
    }

    @Test
    void aPartOfAClipCanBeHadOnConditionThatItIsTheSame() throws IOException {
        String url = downloadUrl();
        String tag = send(anywhere(url).GET()).headers().firstValue("ETag").orElseThrow();
        sandbox.requests().clear();

        HttpResponse<byte[]> same = send(anywhere(url)
                .header("Range", "bytes=4-7")
                .header("If-Range", tag)
                .GET());
        assertThat(same.statusCode()).isEqualTo(206);
        assertThat(same.headers().firstValue("ETag")).hasValue(tag);
        assertThat(sandbox.requests().bytesSent(Call.DOWNLOAD)).isEqualTo(4);

        HttpResponse<byte[]> other = send(anywhere(url)
                .header("Range", "bytes=4-7")
                .header("If-Range", "\"other\"")
                .GET());
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(CLIP);
        assertThat(sandbox.requests().bytesSent(Call.DOWNLOAD)).isEqualTo(4 + CLIP.length);
    }

    @Test
    void aKeyThatIsGivenToStorageIsRecordedAsALeak() throws IOException {
        String url = uploadUrl();
        put(url, CLIP);
        assertThat(sandbox.requests().leaks()).isEmpty();

        send(anywhere(url)
                .header("Content-Type", TYPE)
                .header("X-API-KEY", sandbox.apiKey())
                .PUT(BodyPublishers.ofByteArray(CLIP)));

        assertThat(sandbox.requests().leaks()).singleElement().satisfies(leak -> {
            assertThat(leak.call()).isEqualTo(Call.UPLOAD);
            assertThat(leak.toString()).doesNotContain(sandbox.apiKey()).doesNotContain("Signature");
        });
    }

    @Test
    void anUploadThatBreaksOffDoesNotCount() throws IOException {
        var ticket = client.createUpload();
        URI url = URI.create(ticket.get("upload_signed_url").asText());
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("PUT " + url.getPath() + "?" + url.getRawQuery() + " HTTP/1.1\r\nHost: x\r\nContent-Type: "
                            + TYPE + "\r\nContent-Length: 1000\r\n\r\nonly this")
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        await().until(() -> sandbox.requests().count(Call.UPLOAD) == 1);
        assertThat(client.submit(ticket.get("task_id").asText()).statusCode()).isEqualTo(400);
    }

    private String uploadUrl() throws IOException {
        return client.createUpload().get("upload_signed_url").asText();
    }

    private String downloadUrl() throws IOException {
        String taskId = client.submitClip(CLIP);
        return await().until(() -> client.status(taskId), status -> status.has("download_signed_url"))
                .get("download_signed_url")
                .asText();
    }

    private static void refused(int status, String code, HttpResponse<byte[]> response) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).contains("xml");
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).contains("<Code>" + code + "</Code>");
    }
}
