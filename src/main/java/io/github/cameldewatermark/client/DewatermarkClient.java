package io.github.cameldewatermark.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.client.VideoTask.Status;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.HttpTransport;
import io.github.cameldewatermark.client.http.Json;
import io.github.cameldewatermark.client.http.Problems;
import io.github.cameldewatermark.client.http.SenselessAnswerException;
import io.github.cameldewatermark.client.http.SignedUrlPolicy;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIBuilder;

/**
 * The Dewatermark API: one blocking method per call, without any retry. Bodies are streamed both ways.
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

    /** In seconds, as a day: a clip that is said to be longer is of unknown length. The API takes 9 minutes. */
    private static final double LONGEST_CLIP = 86_400;

    private static final String KEY_HEADER = "X-API-KEY";

    private final URI baseUrl;
    private final String apiKey;
    private final HttpTransport transport;
    private final SignedUrlPolicy signedUrls;
    private final Closeable owned;

    DewatermarkClient(DewatermarkClientBuilder settings, HttpTransport transport, Closeable owned) {
        this.baseUrl = settings.baseUrl;
        this.apiKey = settings.apiKey;
        this.signedUrls = new SignedUrlPolicy(baseUrl, settings.signedUrlHosts);
        this.transport = transport;
        this.owned = owned;
    }

    /** Returns a builder; only the API key is required. */
    public static DewatermarkClientBuilder builder() {
        return new DewatermarkClientBuilder();
    }

    /** Looks up the balance ({@code GET /api/creditInfo}); free. */
    public CreditInfo credit() {
        return transport.send(ApiCall.CREDIT, api(Method.GET, "api", "creditInfo"), in -> {
            JsonNode data = Json.object(in).path("data");
            BigDecimal credit = Json.decimal(data, "available_credit");
            if (credit == null) {
                throw new SenselessAnswerException("the field data.available_credit is missing or not a usable number");
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
        return erase(request, image, () -> {});
    }

    /**
     * Does the same, and says when it begins to cost money.
     *
     * @param beforeSend run right before the picture is sent, after every wait for a permit; if it throws an exception, nothing
     *                   is sent
     */
    public EraseAnswer erase(EraseRequest request, OutputStream image, Runnable beforeSend) {
        EraseModel model = request.model();
        String erase = model.pro() ? "erase_watermark_pro" : "erase_watermark";
        ClassicHttpRequest post = api(Method.POST, "api", "object_removal", model.apiVersion(), erase);
        post.setEntity(EraseForm.of(request));
        return transport.send(ApiCall.ERASE, post, beforeSend, (head, body) -> EraseAnswerReader.read(body, image));
    }

    /** Creates a video task and the URL to upload its clip to ({@code POST /api/video/v1/upload}); free. */
    public UploadTicket createUpload() {
        ClassicHttpRequest post = api(Method.POST, "api", "video", "v1", "upload");
        // as in the API document: this content type, but no body
        post.setHeader("Content-Type", "multipart/form-data");
        return transport.send(ApiCall.CREATE_UPLOAD, post, in -> {
            JsonNode json = Json.object(in);
            URI url = Json.uri(json, "upload_signed_url");
            if (url == null) {
                throw new SenselessAnswerException("the field upload_signed_url is missing or not a URL");
            }
            return new UploadTicket(Json.requiredText(json, "task_id"), url);
        });
    }

    /**
     * Uploads a clip ({@code PUT} to storage); free, and repeatable while the URL is valid.
     *
     * @param uploadUrl the URL from {@link #createUpload()}; the API key is not sent there
     */
    public void upload(URI uploadUrl, Content clip) {
        ClassicHttpRequest put =
                ClassicRequestBuilder.put(checked(ApiCall.UPLOAD, uploadUrl)).build();
        put.setEntity(new ContentEntity(clip, ContentType.APPLICATION_OCTET_STREAM));
        transport.send(ApiCall.UPLOAD, put, in -> null);
    }

    /**
     * Submits a task whose clip is uploaded ({@code POST /api/video/v1/tasks}); charged by the length of the clip,
     * once per task. If this fails without a clear answer, {@link #status} tells whether the task was submitted.
     */
    public VideoTask submit(String taskId) {
        return submit(taskId, null);
    }

    /**
     * Does the same, and says what to erase.
     *
     * @param maskBrush a PNG of exactly the size of the clip, white where to erase; {@code null} if the platform is to look for the
     *                  watermark
     */
    public VideoTask submit(String taskId, Content maskBrush) {
        ClassicHttpRequest post = api(Method.POST, "api", "video", "v1", "tasks");
        MultipartEntityBuilder form = MultipartEntityBuilder.create()
                .setContentType(EraseForm.FORM_DATA)
                .addTextBody("task_id", taskId);
        EraseForm.addBrush(form, maskBrush);
        post.setEntity(form.build());
        return transport.send(ApiCall.SUBMIT, post, in -> task(taskId, Json.object(in)));
    }

    /** Looks up the status of a task ({@code GET /api/video/v1/tasks/{task_id}}); free. */
    public VideoTask status(String taskId) {
        if (taskId.equals(".") || taskId.equals("..")) { // these would change the path even if they are encoded
            throw new DewatermarkInputException(ApiCall.STATUS.toString(), taskId + " is not a task id");
        }
        ClassicHttpRequest get = api(Method.GET, "api", "video", "v1", "tasks", taskId);
        return transport.send(ApiCall.STATUS, get, in -> {
            JsonNode json = Json.object(in);
            String status = Json.requiredText(json, "status");
            if (Status.of(status) == null) {
                throw new SenselessAnswerException(
                        "its status is " + Problems.clean(status, null) + ", which is not known");
            }
            return task(taskId, json);
        });
    }

    /**
     * Downloads the result of a task ({@code GET} from storage); free.
     *
     * @param  downloadUrl the URL of a completed {@link VideoTask}; the API key is not sent there
     * @param  out         receives the clip while it arrives; not closed. After an exception it may have received a part of it
     * @return             the length of the complete clip in bytes
     */
    public long download(URI downloadUrl, OutputStream out) {
        return download(downloadUrl, new Download(out, () -> {}));
    }

    /**
     * Downloads the result of a task, or the missing rest of it after an attempt that failed; free.
     *
     * @param  downloadUrl a URL of the completed {@link VideoTask}, the same as before or a newer one; the API key is not
     *                     sent there
     * @param  download    receives the clip while it arrives. After an exception, it can be used again for the same task
     * @return             the length of the complete clip in bytes
     */
    public long download(URI downloadUrl, Download download) {
        ClassicHttpRequest get = ClassicRequestBuilder.get(checked(ApiCall.DOWNLOAD, downloadUrl))
                .build();
        boolean part = download.ask(get);
        try {
            return transport.send(ApiCall.DOWNLOAD, get, download::receive);
        } catch (DewatermarkServiceException e) {
            if (part && e.status() == HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE) {
                download.cannotGoOn();
                throw ErrorClassifier.unusableAnswer(ApiCall.DOWNLOAD, e);
            }
            throw e;
        }
    }

    /** Closes the HTTP client, unless it was given to the builder. */
    @Override
    public void close() throws IOException {
        owned.close();
    }

    @Override
    public String toString() {
        return "DewatermarkClient[" + baseUrl + "]";
    }

    private ClassicHttpRequest api(Method method, String... path) {
        try {
            URI uri = new URIBuilder(baseUrl).appendPathSegments(path).build();
            ClassicHttpRequest request = ClassicRequestBuilder.create(method.name())
                    .setUri(uri)
                    .setHeader("Accept", "application/json")
                    .build();
            request.setHeader(KEY_HEADER, apiKey);
            return request;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + baseUrl, e);
        }
    }

    private URI checked(ApiCall call, URI signedUrl) {
        try {
            return signedUrls.check(signedUrl);
        } catch (IOException e) {
            throw ErrorClassifier.notAllowed(call, e);
        }
    }

    private static VideoTask task(String taskId, JsonNode json) throws IOException {
        String answered = Json.text(json, "task_id");
        if (answered != null && !answered.equals(taskId)) {
            throw new SenselessAnswerException("it is about another task, " + answered);
        }
        Status status = Status.of(Json.text(json, "status"));
        Double progress = Json.number(json, "progress");
        Double duration = Json.number(json, "duration");
        JsonNode hasWatermark = json.path("has_watermark");
        return new VideoTask(
                taskId,
                status == null ? Status.PROCESSING : status, // of a submit, whose answer need not say it
                progress == null ? 0 : Math.min(1, Math.max(0, progress)),
                hasWatermark.isBoolean() ? hasWatermark.booleanValue() : null,
                duration != null && duration > 0 && duration <= LONGEST_CLIP ? duration : null,
                Json.uri(json, "upload_signed_url"),
                Json.uri(json, "download_signed_url"),
                Json.time(json, "completed_at"));
    }
}
