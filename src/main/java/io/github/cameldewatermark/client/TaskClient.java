package io.github.cameldewatermark.client;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.HttpTransport;
import io.github.cameldewatermark.client.http.Json;
import io.github.cameldewatermark.client.http.SafeText;
import io.github.cameldewatermark.client.http.SignedUrlPolicy;
import io.github.cameldewatermark.client.http.UnexpectedAnswerException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpStatus;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/**
 * The calls for what is cleaned in a task: create, upload, submit, status, download. They block, and nothing is repeated; see
 * {@link DewatermarkClient}. The paths are those of clips; PDFs have {@code pdf} in place of {@code video}.
 */
public final class TaskClient {

    /** In seconds, as a day: a clip that is said to be longer is of unknown length. The API takes 9 minutes. */
    private static final double LONGEST_CLIP = 86_400;

    private final TaskKind kind;
    private final HttpTransport transport;
    private final SignedUrlPolicy signedUrls;

    TaskClient(TaskKind kind, HttpTransport transport, SignedUrlPolicy signedUrls) {
        this.kind = kind;
        this.transport = transport;
        this.signedUrls = signedUrls;
    }

    /** Returns what these tasks clean. */
    public TaskKind kind() {
        return kind;
    }

    /** Creates a task with the URL to upload its file to ({@code POST /api/video/v1/upload}); free. */
    public Task create() {
        ClassicHttpRequest post = transport.request(Method.POST, "api", kind.operation(), "v1", "upload");
        if (kind == TaskKind.VIDEO) { // as in the API document: this content type, but no body
            post.setHeader("Content-Type", "multipart/form-data");
        }
        return transport.send(kind.call(Step.CREATE), post, (head, in) -> {
            JsonNode json = Json.object(in);
            Task task = task(Json.requiredText(json, "task_id"), json).at(Status.CREATED);
            if (task.uploadUrl() == null) {
                throw new UnexpectedAnswerException("the field upload_signed_url is missing or not a URL");
            }
            return task;
        });
    }

    /**
     * Uploads a file ({@code PUT} to storage); free, and repeatable while the URL is valid.
     *
     * @param uploadUrl the URL from {@link #create()}; the API key is not sent there
     */
    public void upload(URI uploadUrl, Content file) {
        ApiCall call = kind.call(Step.UPLOAD);
        ClassicHttpRequest put =
                ClassicRequestBuilder.put(signedUrls.check(call, uploadUrl)).build();
        put.setEntity(RequestBody.file(file, kind.uploadType()));
        transport.send(call, put, (head, in) -> null);
    }

    /**
     * Submits a task whose file is uploaded ({@code POST /api/video/v1/tasks}); charged by the length of the file, that of a
     * clip once per task. If this fails without a clear answer, {@link #status} tells whether it has arrived, but not of a PDF.
     */
    public Task submit(String taskId) {
        return submit(taskId, null);
    }

    /**
     * Does the same, and says what to erase.
     *
     * @param maskBrush a PNG of exactly the size of the clip, white where to erase; {@code null} if the platform is to look for
     *                  the watermark, as it always does in a PDF
     */
    public Task submit(String taskId, Content maskBrush) {
        ClassicHttpRequest post = transport.request(Method.POST, "api", kind.operation(), "v1", "tasks");
        post.setEntity(RequestBody.submit(taskId, maskBrush));
        return transport.send(kind.call(Step.SUBMIT), post, (head, body) -> {
            Task task = task(taskId, Json.object(body));
            return task.status() == Status.CREATED ? task.at(Status.PROCESSING) : task; // as it is submitted now
        });
    }

    /** Looks up the status of a task ({@code GET /api/video/v1/tasks/{task_id}}); free. */
    public Task status(String taskId) {
        ApiCall call = kind.call(Step.STATUS);
        if (taskId.equals(".") || taskId.equals("..")) { // these would change the path even if they are encoded
            throw new DewatermarkInputException(call.toString(), taskId + " is not a task id");
        }
        ClassicHttpRequest get = transport.request(Method.GET, "api", kind.operation(), "v1", "tasks", taskId);
        return transport.send(call, get, (head, in) -> {
            JsonNode json = Json.object(in);
            String status = Json.requiredText(json, "status");
            if (Status.of(status) == null) {
                throw new UnexpectedAnswerException(
                        "its status is " + SafeText.clean(status, null) + ", which is not known");
            }
            return task(taskId, json);
        });
    }

    /**
     * Downloads the result of a task ({@code GET} from storage); free.
     *
     * @param  downloadUrl the URL of a completed {@link Task}; the API key is not sent there
     * @param  out         receives the result while it arrives; not closed. After an exception it may have received a part of it
     * @return             the length of the complete result in bytes
     */
    public long download(URI downloadUrl, OutputStream out) {
        return download(downloadUrl, new Download(out, () -> {}));
    }

    /**
     * Downloads the result of a task, or the missing rest of it after an attempt that failed; free.
     *
     * @param  downloadUrl a URL of the completed {@link Task}, the same as before or a newer one; the API key is not sent there
     * @param  download    receives the result while it arrives. After an exception, it can be used again for the same task
     * @return             the length of the complete result in bytes
     */
    public long download(URI downloadUrl, Download download) {
        ApiCall call = kind.call(Step.DOWNLOAD);
        ClassicHttpRequest get =
                ClassicRequestBuilder.get(signedUrls.check(call, downloadUrl)).build();
        boolean part = download.requestRest(get);
        try {
            return transport.send(call, get, download::receive);
        } catch (DewatermarkServiceException e) {
            if (part && e.status() == HttpStatus.SC_REQUESTED_RANGE_NOT_SATISFIABLE) {
                download.rangeRefused();
                throw ErrorClassifier.unusableAnswer(call, e);
            }
            throw e;
        }
    }

    private static Task task(String taskId, JsonNode json) throws IOException {
        String answered = Json.text(json, "task_id");
        if (answered != null && !answered.equals(taskId)) {
            throw new UnexpectedAnswerException("it is about another task, " + answered);
        }
        Status status = Status.of(Json.text(json, "status"));
        Double progress = Json.number(json, "progress");
        Double duration = Json.number(json, "duration");
        JsonNode hasWatermark = json.path("has_watermark");
        URI result = Json.uri(json, "download_signed_url");
        return new Task(
                taskId,
                status == null ? Status.PROCESSING : status, // of a submit, whose answer need not say it
                progress == null ? 0 : Math.min(1, Math.max(0, progress)),
                hasWatermark.isBoolean() ? hasWatermark.booleanValue() : null,
                duration != null && duration > 0 && duration <= LONGEST_CLIP ? duration : null,
                Json.uri(json, "upload_signed_url"),
                result == null ? Json.uri(json, "result_url") : result, // of a PDF
                Json.time(json, "completed_at"));
    }

    @Override
    public String toString() {
        return "TaskClient[" + kind + ", " + transport + "]";
    }
}
