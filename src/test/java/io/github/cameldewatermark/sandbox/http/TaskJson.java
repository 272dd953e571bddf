package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.sandbox.platform.VideoTask;
import java.util.LinkedHashMap;
import java.util.Map;

/** A task as the section "Step 4: Poll Task Status" shows it. */
record TaskJson(Platform platform, String baseUrl) {

    private static final String INSTANCE = "dewatermark-sandbox";

    /** What isn't known yet is left out, our reading; the samples allow for it where they read {@code progress}. */
    Reply reply(VideoTask task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("created_at", unixSeconds(task.createdAt()));
        json.put("task_id", task.taskId());
        json.put("file_path", Platform.filePath(task));
        json.put("upload_signed_url", baseUrl + platform.uploadUrl(task));
        json.put("push_notification_token", null);
        json.put("status", task.status());
        if (task.status() != TaskStatus.CREATED) {
            json.put("instance_name", INSTANCE);
            json.put("progress", platform.videos().progress(task));
            json.put("started_at", unixSeconds(task.startedAt()));
        }
        if (task.seconds() != null) {
            json.put("duration", task.seconds());
        }
        if (task.completedAt() != null) {
            json.put("completed_at", unixSeconds(task.completedAt()));
        }
        if (task.status() == TaskStatus.COMPLETED) {
            json.put("has_watermark", task.hasWatermark());
            json.put("download_signed_url", baseUrl + platform.downloadUrl(task));
        }
        return Reply.json(200, json);
    }

    static long unixSeconds(long millis) {
        return Math.floorDiv(millis, 1000L);
    }
}
