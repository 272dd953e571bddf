package io.github.cameldewatermark.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The calls of the API as plain requests. */
public final class TestClient {

    public static final String ERASE = "/api/object_removal/v2/erase_watermark";
    public static final String UPLOAD = "/api/video/v1/upload";
    public static final String TASKS = "/api/video/v1/tasks";
    public static final String PDF_UPLOAD = "/api/pdf/v1/upload";
    public static final String PDF_TASKS = "/api/pdf/v1/tasks";
    public static final String CREDIT = "/api/creditInfo";

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String baseUrl;
    private final String apiKey;

    public TestClient(String baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    public TestClient(Sandbox sandbox) {
        this(sandbox.baseUrl(), sandbox.apiKey());
    }

    /** A request to the API, with the key if there is one. */
    public HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = anywhere(baseUrl + path);
        return apiKey == null ? request : request.header("X-API-KEY", apiKey);
    }

    /** A request without a key. */
    public static HttpRequest.Builder anywhere(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(30));
    }

    public static HttpResponse<byte[]> send(HttpRequest.Builder request) throws IOException {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public HttpResponse<byte[]> get(String path) throws IOException {
        return send(to(path).GET());
    }

    public HttpResponse<byte[]> erase(Form form) throws IOException {
        return post(ERASE, form);
    }

    public HttpResponse<byte[]> post(String path, Form form) throws IOException {
        return send(to(path).header("Content-Type", form.contentType()).POST(BodyPublishers.ofByteArray(form.body())));
    }

    /** As the samples do it: a multipart type without a boundary, and no body. */
    public JsonNode createUpload() throws IOException {
        return json(
                send(to(UPLOAD).header("Content-Type", "multipart/form-data").POST(BodyPublishers.noBody())));
    }

    public static HttpResponse<byte[]> put(String url, byte[] clip) throws IOException {
        return send(
                anywhere(url).header("Content-Type", "application/octet-stream").PUT(BodyPublishers.ofByteArray(clip)));
    }

    public HttpResponse<byte[]> submit(String taskId) throws IOException {
        return post(TASKS, new Form().text("task_id", taskId));
    }

    public JsonNode status(String taskId) throws IOException {
        return json(get(TASKS + "/" + taskId));
    }

    /** Creates, uploads and submits. */
    public String submitClip(byte[] clip) throws IOException {
        JsonNode ticket = createUpload();
        put(ticket.get("upload_signed_url").asText(), clip);
        String taskId = ticket.get("task_id").asText();
        submit(taskId);
        return taskId;
    }

    public JsonNode createPdfUpload() throws IOException {
        return json(send(to(PDF_UPLOAD).POST(BodyPublishers.noBody())));
    }

    public static HttpResponse<byte[]> putPdf(String url, byte[] pdf) throws IOException {
        return send(anywhere(url).header("Content-Type", "application/pdf").PUT(BodyPublishers.ofByteArray(pdf)));
    }

    public HttpResponse<byte[]> submitPdf(String taskId) throws IOException {
        return post(PDF_TASKS, new Form().text("task_id", taskId));
    }

    public JsonNode pdfStatus(String taskId) throws IOException {
        return json(get(PDF_TASKS + "/" + taskId));
    }

    /** Creates and uploads. */
    public String uploadPdf(byte[] pdf) throws IOException {
        JsonNode ticket = createPdfUpload();
        putPdf(ticket.get("upload_signed_url").asText(), pdf);
        return ticket.get("task_id").asText();
    }

    /** Creates, uploads and submits. */
    public String submitPdf(byte[] pdf) throws IOException {
        String taskId = uploadPdf(pdf);
        submitPdf(taskId);
        return taskId;
    }

    public static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    public static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    /** A picture of an erase answer. */
    public static byte[] edited(JsonNode answer, String field) throws IOException {
        return answer.at("/edited_image/" + field).binaryValue();
    }

    public static String message(HttpResponse<byte[]> response) throws IOException {
        return json(response).path("message").asText();
    }

    /** A multipart form. */
    public static final class Form {

        private static final String BOUNDARY = "----a-boundary";

        private final ByteArrayOutputStream body = new ByteArrayOutputStream();

        public Form text(String name, String value) {
            return part("name=\"" + name + "\"\r\n", value.getBytes(StandardCharsets.UTF_8));
        }

        public Form file(String name, String fileName, byte[] content) {
            String more = "name=\"" + name + "\"; filename=\"" + fileName + "\"\r\nContent-Type: image/*\r\n";
            return part(more, content);
        }

        public Form image(byte[] jpeg) {
            return file("original_preview_image", "original_preview_image.jpeg", jpeg);
        }

        public Form brush(byte[] png) {
            return file("mask_brush", "mask_brush.png", png);
        }

        public Form base(byte[] mask) {
            return file("mask_base", "mask_base.jpeg", mask);
        }

        private Form part(String more, byte[] content) {
            try {
                body.write(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + more + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));
                body.write(content);
                body.write("\r\n".getBytes(StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        public String contentType() {
            return "multipart/form-data; boundary=" + BOUNDARY;
        }

        public byte[] body() {
            byte[] end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            whole.writeBytes(body.toByteArray());
            whole.writeBytes(end);
            return whole.toByteArray();
        }
    }
}
