package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * {@code POST /api/video/v1/tasks}, section "Step 3: Submit Task". The curl sample sends a real multipart form. The
 * Python sample says {@code multipart/form-data} without a boundary and sends an urlencoded form, so that is taken as
 * well, without a brush.
 */
record SubmitResource(Platform platform, TaskJson json) implements AccountResource {

    private static final String TASK_ID = "task_id";
    private static final int LARGEST_FORM = 64 * 1024;

    @Override
    public Reply answer(Request request, Account account) throws IOException {
        if (!MultipartForm.isIn(request)) {
            return submit(request, account, fromUrlencoded(request), null);
        }
        try (MultipartForm form = MultipartForm.read(request, platform.data().spool())) {
            return submit(request, account, form.text(TASK_ID), form.file("mask_brush"));
        }
    }

    private Reply submit(Request request, Account account, String taskId, Path brush) throws IOException {
        if (taskId == null || taskId.isEmpty()) {
            throw Refusal.badRequest("task_id is missing");
        }
        return json.reply(platform.videos().submit(account, taskId, brush, request.has(Fault.FailingTask.class)));
    }

    private static String fromUrlencoded(Request request) throws IOException {
        byte[] body = request.body().readNBytes(LARGEST_FORM);
        return Request.parameters(new String(body, StandardCharsets.UTF_8)).get(TASK_ID);
    }
}
