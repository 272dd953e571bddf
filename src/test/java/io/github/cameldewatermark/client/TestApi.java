package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** What the tests of the wire have in common. */
final class TestApi {

    static final String KEY = "dw-Key/1234567890+SECRET";
    static final byte[] PICTURE = "not really a picture".getBytes(StandardCharsets.US_ASCII);
    static final String SIGNED =
            "/bucket/videos%2Fclip.mp4?X-Goog-Date=20260101&X-Goog-Signature=s1gned-by-storage%2Fab+cd";

    private TestApi() {}

    static DewatermarkClient client(String baseUrl) {
        return DewatermarkClient.builder()
                .apiKey(KEY)
                .baseUrl(baseUrl)
                .connectTimeout(Duration.ofSeconds(5))
                .responseTimeout(Duration.ofSeconds(5))
                .build();
    }

    static EraseRequest erase() {
        return EraseRequest.automatic(Content.of("photo.jpg", PICTURE));
    }

    static String eraseAnswer(byte[] picture) {
        return "{\"edited_image\":{\"image\":\"" + base64(picture) + "\",\"image_id\":\"i1\",\"mask\":\""
                + base64("mask".getBytes(StandardCharsets.US_ASCII)) + "\"},\"event_id\":\"e1\",\"session_id\":\"s1\"}";
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static Task created(String taskId, String uploadUrl) {
        return new Task(taskId, Task.Status.CREATED, 0, null, null, URI.create(uploadUrl), null, null);
    }

    /** Makes a call that fails so. */
    static <T extends DewatermarkException> T failure(
            Class<T> type, ApiCall call, DewatermarkClient client, String baseUrl) {
        T e = catchThrowableOfType(type, () -> call(call, client, baseUrl));
        assertThat(e).as("%s", call).isNotNull();
        assertThat(e.operation()).isEqualTo(call.toString());
        assertThat(e.getMessage()).startsWith("Dewatermark " + call + " ").doesNotContain(KEY);
        return e;
    }

    static DewatermarkTransportException failure(ApiCall call, FakeServer server) {
        return failure(DewatermarkTransportException.class, call, server.client(), server.url());
    }

    static <T extends DewatermarkException> T failure(Class<T> type, ApiCall call, String answer) throws IOException {
        try (FakeServer server = FakeServer.answering(answer)) {
            return failure(type, call, server.client(), server.url());
        }
    }

    static Object call(ApiCall call, FakeServer server) {
        return call(call, server.client(), server.url());
    }

    /** Makes a call with some arguments; signed URLs point to {@code baseUrl}. */
    static Object call(ApiCall call, DewatermarkClient client, String baseUrl) {
        URI signed = URI.create(baseUrl + SIGNED);
        TaskClient tasks = call.toString().startsWith("pdf") ? client.pdf() : client.video();
        return switch (call.step()) {
            case CREDIT -> client.credit();
            case ERASE -> client.erase(erase(), OutputStream.nullOutputStream());
            case CREATE -> tasks.create();
            case UPLOAD -> {
                tasks.upload(signed, Content.of("clip.mp4", PICTURE));
                yield "uploaded";
            }
            case SUBMIT -> tasks.submit("t1");
            case STATUS -> tasks.status("t1");
            case DOWNLOAD -> tasks.download(signed, new ByteArrayOutputStream());
        };
    }
}
