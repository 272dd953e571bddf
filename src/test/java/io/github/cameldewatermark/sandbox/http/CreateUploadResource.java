package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.VideoTask;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code POST /api/video/v1/upload}, section "Step 1: Generate Upload URL". The body, if there is one, doesn't matter:
 * the samples send none, under a multipart type without a boundary.
 */
record CreateUploadResource(Platform platform, String baseUrl) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) {
        VideoTask task = platform.videos().create(account);
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.taskId());
        json.put("upload_signed_url", baseUrl + platform.uploadUrl(task));
        json.put("file_path", Platform.filePath(task));
        json.put("status", task.status());
        json.put("push_notification_token", null);
        json.put("created_at", TaskJson.unixSeconds(task.createdAt()));
        return Reply.json(200, json);
    }
}
