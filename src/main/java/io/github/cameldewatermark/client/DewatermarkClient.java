package io.github.cameldewatermark.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.HttpTransport;
import io.github.cameldewatermark.client.http.Json;
import io.github.cameldewatermark.client.http.SignedUrlPolicy;
import io.github.cameldewatermark.client.http.UnexpectedAnswerException;
import io.github.cameldewatermark.error.DewatermarkException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.Method;

/**
 * The Dewatermark API: one blocking method per call, without any retry. Bodies are streamed both ways. What is cleaned in tasks,
 * clips and PDFs, has clients of its own: {@link #video()} and {@link #pdf()}.
 *
 * <pre>{@code
 * try (DewatermarkClient client = DewatermarkClient.builder().apiKey(key).build();
 *         OutputStream out = Files.newOutputStream(Path.of("clean.jpg"))) {
 *     client.erase(EraseRequest.automatic(Content.of(Path.of("photo.jpg"))), out);
 * }
 * }</pre>
 *
 * <p>Every call throws a {@link DewatermarkException} if it fails, which says whether something was charged. Instances are
 * thread-safe.
 */
public final class DewatermarkClient implements Closeable {

    private final HttpTransport transport;
    private final TaskClient video;
    private final TaskClient pdf;
    private final Closeable owned;

    DewatermarkClient(DewatermarkClientBuilder settings, HttpTransport transport, Closeable owned) {
        this.transport = transport;
        SignedUrlPolicy signedUrls = new SignedUrlPolicy(settings.baseUrl, settings.signedUrlHosts);
        this.video = new TaskClient(TaskKind.VIDEO, transport, signedUrls);
        this.pdf = new TaskClient(TaskKind.PDF, transport, signedUrls);
        this.owned = owned;
    }

    /** Returns a builder; only the API key is required. */
    public static DewatermarkClientBuilder builder() {
        return new DewatermarkClientBuilder();
    }

    /** Looks up the balance ({@code GET /api/creditInfo}); free. */
    public CreditInfo credit() {
        return transport.send(ApiCall.CREDIT, transport.request(Method.GET, "api", "creditInfo"), (head, in) -> {
            JsonNode data = Json.object(in).path("data");
            BigDecimal credit = Json.decimal(data, "available_credit");
            if (credit == null) {
                throw new UnexpectedAnswerException(
                        "the field data.available_credit is missing or not a usable number");
            }
            return new CreditInfo(credit, Json.text(data, "user_id"));
        });
    }

    /**
     * Cleans a picture ({@code POST /api/object_removal/v2/erase_watermark}, or that of the version of its model); charged when
     * processed. Repeating the call is charged again, unless the exception is {@linkplain DewatermarkException#retryable() retryable}.
     *
     * @param image receives the cleaned picture, a JPEG, while it arrives; not closed. After an exception it may have received
     *              a part of the picture
     */
    public EraseAnswer erase(EraseRequest request, OutputStream image) {
        EraseModel model = request.model();
        String erase = model.pro() ? "erase_watermark_pro" : "erase_watermark";
        ClassicHttpRequest post = transport.request(Method.POST, "api", "object_removal", model.apiVersion(), erase);
        post.setEntity(RequestBody.erase(request));
        return transport.send(ApiCall.ERASE, post, (head, body) -> EraseAnswerReader.read(body, image));
    }

    /** Returns the calls that clean clips. */
    public TaskClient video() {
        return video;
    }

    /** Returns the calls that clean PDFs. */
    public TaskClient pdf() {
        return pdf;
    }

    /** Closes the HTTP client, unless it was given to the builder. */
    @Override
    public void close() throws IOException {
        owned.close();
    }

    @Override
    public String toString() {
        return "DewatermarkClient[" + transport + "]";
    }
}
