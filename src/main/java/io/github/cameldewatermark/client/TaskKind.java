package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import org.apache.hc.core5.http.ContentType;

/** What the platform cleans in a task, as it takes long. All kinds have the same calls, and each has its own paths. */
public enum TaskKind {
    /** A clip (section "Video"). Only a task that isn't submitted is {@code CREATED}. */
    VIDEO("video", "video task", "clip", ContentType.APPLICATION_OCTET_STREAM, true),

    /** A PDF, as the vendor describes it since. A task is {@code CREATED} until it ends, so that proves nothing. */
    PDF(
            "pdf",
            "PDF task",
            "PDF",
            ContentType.create("application/pdf"), // the constant has a charset, which would break the signature
            false);

    private final String operation;
    private final String name;
    private final String file;
    private final ContentType uploadType;
    private final boolean createdIsUnsubmitted;

    TaskKind(String operation, String name, String file, ContentType uploadType, boolean createdIsUnsubmitted) {
        this.operation = operation;
        this.name = name;
        this.file = file;
        this.uploadType = uploadType;
        this.createdIsUnsubmitted = createdIsUnsubmitted;
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
        return ApiCall.valueOf(name() + "_" + step); // there is one for each kind and step
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
