package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import java.util.List;
import org.apache.hc.core5.http.ContentType;

/** What the platform cleans in a task, as it takes long. All kinds have the same calls, and each has its own paths. */
public enum TaskKind {
    /** A clip (section "Video"). Only a task that isn't submitted is {@code CREATED}. */
    VIDEO(
            "video",
            "video task",
            "clip",
            ContentType.APPLICATION_OCTET_STREAM,
            true,
            ApiCall.VIDEO_CREATE,
            ApiCall.VIDEO_UPLOAD,
            ApiCall.VIDEO_SUBMIT,
            ApiCall.VIDEO_STATUS,
            ApiCall.VIDEO_DOWNLOAD),

    /** A PDF, as the vendor describes it since. A task is {@code CREATED} until it ends, so that proves nothing. */
    PDF(
            "pdf",
            "PDF task",
            "PDF",
            ContentType.create("application/pdf"), // the constant has a charset, which would break the signature
            false,
            ApiCall.PDF_CREATE,
            ApiCall.PDF_UPLOAD,
            ApiCall.PDF_SUBMIT,
            ApiCall.PDF_STATUS,
            ApiCall.PDF_DOWNLOAD);

    private final String operation;
    private final String name;
    private final String file;
    private final ContentType uploadType;
    private final boolean createdIsUnsubmitted;
    private final List<ApiCall> calls;

    TaskKind(
            String operation,
            String name,
            String file,
            ContentType uploadType,
            boolean createdIsUnsubmitted,
            ApiCall... calls) {
        this.operation = operation;
        this.name = name;
        this.file = file;
        this.uploadType = uploadType;
        this.createdIsUnsubmitted = createdIsUnsubmitted;
        this.calls = List.of(calls);
    }

    /** Returns the operation that runs these tasks, which is also part of the paths of the API. */
    public String operation() {
        return operation;
    }

    /** Returns what is cleaned, for messages. */
    public String file() {
        return file;
    }

    ContentType uploadType() {
        return uploadType;
    }

    /** Whether the status {@code CREATED} proves that a task isn't submitted, so that nothing was charged. */
    public boolean isCreatedUnsubmitted() {
        return createdIsUnsubmitted;
    }

    /** Returns the call that does one step of a task. */
    public ApiCall call(Step step) {
        return calls.stream().filter(call -> call.step() == step).findFirst().orElseThrow();
    }

    /** Returns its name at the beginning of a sentence. */
    public String title() {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }

    /** The name used in messages. */
    @Override
    public String toString() {
        return name;
    }
}
