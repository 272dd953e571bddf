package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.Task;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.sandbox.platform.Tasks;
import java.util.LinkedHashMap;
import java.util.Map;

/** A task as the section "Video Watermark Removal" shows it. */
record VideoJson(Platform platform, Tasks tasks, String baseUrl) implements TaskJson {

    private static final String INSTANCE = "dewatermark-sandbox";

    @Override
    public Map<String, Object> ticket(Task task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.taskId());
        json.put("upload_signed_url", baseUrl + platform.uploadUrl(task));
        json.put("file_path", task.kind().filePath(task));
        json.put("status", task.status());
        json.put("push_notification_token", null);
        json.put("created_at", TaskJson.unixSeconds(task.createdAt()));
        return json;
    }

    @Override
    public Map<String, Object> submitted(Task task) {
        return status(task);
    }

    /** What isn't known yet is left out, our reading; the samples allow for it where they read {@code progress}. */
    @Override
    public Map<String, Object> status(Task task) {
        Map<String, Object> json = ticket(task);
        if (task.status() != TaskStatus.CREATED) {
            json.put("instance_name", INSTANCE);
            json.put("progress", tasks.progress(task));
            json.put("started_at", TaskJson.unixSeconds(task.startedAt()));
        }
        if (task.length() != null) {
            json.put("duration", task.length());
        }
        if (task.completedAt() != null) {
            json.put("completed_at", TaskJson.unixSeconds(task.completedAt()));
        }
        if (task.status() == TaskStatus.COMPLETED) {
            json.put("has_watermark", task.hasWatermark());
            json.put("download_signed_url", baseUrl + platform.downloadUrl(task));
        }
        return json;
    }
}
