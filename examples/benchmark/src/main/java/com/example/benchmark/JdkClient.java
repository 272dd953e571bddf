package com.example.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** Without Camel: the JDK's HTTP client, and Jackson's tree. */
final class JdkClient extends CallByCall {

    private static final String BOUNDARY = "Rsv3W4zTtyNoPp0DxLnQ";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();
    private final URI uri;

    JdkClient(String baseUrl) {
        this.uri = URI.create(baseUrl + AnswerServer.PATH);
    }

    @Override
    Outcome clean(Path picture) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("X-API-KEY", "benchmark")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(form(picture))
                .build();
        HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            JsonNode answer = json.readTree(body);
            return Outcome.of(answer.path("edited_image").path("image").binaryValue());
        }
    }

    private static BodyPublisher form(Path picture) throws Exception {
        String before = """
                --%1$s
                Content-Disposition: form-data; name="remove_text"

                false
                --%1$s
                Content-Disposition: form-data; name="predict_mode"

                3.0
                --%1$s
                Content-Disposition: form-data; name="original_preview_image"; filename="original_preview_image.jpeg"
                Content-Type: image/jpeg

                """.formatted(BOUNDARY).replace("\n", "\r\n");
        return BodyPublishers.concat(
                BodyPublishers.ofString(before),
                BodyPublishers.ofFile(picture),
                BodyPublishers.ofString("\r\n--" + BOUNDARY + "--\r\n"));
    }
}
