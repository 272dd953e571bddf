package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Tasks;
import java.io.IOException;
import java.util.Optional;

/**
 * {@code PUT} of a file to its signed URL, section "Step 2: Upload Video File". An upload may be repeated, also after
 * the task was submitted, which then no longer matters: our reading.
 */
record UploadResource(Tasks tasks, Signature signature) implements Resource {

    @Override
    public Reply answer(Request request) throws IOException {
        Optional<Reply> refusal = signature.refuse(request, request.contentType());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        String taskId = tasks.kind().taskOfUpload(request.path());
        tasks.store().putUpload(taskId, request.body(), request.contentLength());
        return Reply.empty(200);
    }
}
