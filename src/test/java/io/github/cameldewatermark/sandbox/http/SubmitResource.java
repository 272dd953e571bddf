package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.DataFolder;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import io.github.cameldewatermark.sandbox.platform.TaskKind;
import io.github.cameldewatermark.sandbox.platform.Tasks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code POST /api/video/v1/tasks}, section "Step 3: Submit Task", and {@code POST /api/pdf/v1/tasks}. The curl sample sends a real multipart form. The
 * Python sample says {@code multipart/form-data} without a boundary and sends an urlencoded form, so that is taken as
 * well, without a brush.
 */
record SubmitResource(Tasks tasks, DataFolder data, TaskJson json) implements AccountResource {

    private static final String TASK_ID = "task_id";
    private static final int LARGEST_FORM = 64 * 1024;

    @Override
    public Reply answer(Request request, Account account) throws IOException {
        if (isVideo() && !MultipartForm.isIn(request)) {
            return submit(request, account, fromUrlencoded(request), null);
        }
        try (MultipartForm form = MultipartForm.read(request, data.spool())) {
            return submit(request, account, form.text(TASK_ID), isVideo() ? form.file("mask_brush") : null);
        }
    }

    /** PDFs are newer than the Python sample, and have no brush. */
    private boolean isVideo() {
        return tasks.kind() == TaskKind.VIDEO;
    }

    private Reply submit(Request request, Account account, String taskId, Path brush) throws IOException {
        if (taskId == null || taskId.isEmpty()) {
            throw Refusal.badRequest("task_id is missing");
        }
        boolean doomed = request.has(Fault.FailingTask.class);
        return Reply.json(200, json.submitted(tasks.submit(account, taskId, brush, doomed)));
    }

    private static String fromUrlencoded(Request request) throws IOException {
        byte[] body = request.body().readNBytes(LARGEST_FORM);
        return Request.parameters(new String(body, StandardCharsets.UTF_8)).get(TASK_ID);
    }
}
