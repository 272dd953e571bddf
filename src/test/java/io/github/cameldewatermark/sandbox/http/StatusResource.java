package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Platform;

/** {@code GET /api/video/v1/tasks/{task_id}}, section "Step 4: Poll Task Status". */
record StatusResource(Platform platform, TaskJson json) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) {
        String taskId = request.path().substring(Routes.TASKS.length() + 1);
        return json.reply(platform.videos().find(account, taskId));
    }
}
