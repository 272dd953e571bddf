package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Tasks;

/** {@code GET /api/video/v1/tasks/{task_id}}, section "Step 4: Poll Task Status", and {@code GET /api/pdf/v1/tasks/{id}}. */
record StatusResource(Tasks tasks, TaskJson json) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) {
        String taskId = request.path().substring(request.path().lastIndexOf('/') + 1);
        return Reply.json(200, json.status(tasks.find(account, taskId)));
    }
}
