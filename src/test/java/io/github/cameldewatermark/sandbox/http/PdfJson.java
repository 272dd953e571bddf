package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.Task;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import java.util.LinkedHashMap;
import java.util.Map;

/** A task as the calls for PDFs show it, which the document doesn't have. */
record PdfJson(Platform platform, String baseUrl) implements TaskJson {

    @Override
    public Map<String, Object> ticket(Task task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.taskId());
        json.put("upload_signed_url", baseUrl + platform.uploadUrl(task));
        json.put("file_path", task.kind().filePath(task));
        json.put("status", status(task.status()));
        json.put("created_at", TaskJson.unixSeconds(task.createdAt()));
        return json;
    }

    @Override
    public Map<String, Object> submitted(Task task) {
        return Map.of("task_id", task.taskId());
    }

    @Override
    public Map<String, Object> status(Task task) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("task_id", task.taskId());
        json.put("status", status(task.status()));
        if (task.status() == TaskStatus.COMPLETED) {
            json.put("result_url", baseUrl + platform.downloadUrl(task));
        }
        return json;
    }

    /** A task that is being processed is still {@code CREATED}. */
    private static String status(TaskStatus status) {
        return switch (status) {
            case CREATED, PROCESSING -> "CREATED";
            case COMPLETED -> "SUCCESS";
            case FAILED -> "FAILED";
        };
    }
}
