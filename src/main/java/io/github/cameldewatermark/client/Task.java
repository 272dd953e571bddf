package io.github.cameldewatermark.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The status of a task (section "Step 4: Poll Task Status").
 *
 * @param taskId       the id of the task
 * @param status       the status
 * @param progress     0 to 1; 0 if the server didn't say
 * @param hasWatermark whether the server saw a watermark; {@code null} if it didn't say
 * @param duration     length of the clip in seconds; {@code null} for a PDF, or if the server didn't say
 * @param uploadUrl    the URL to upload the file to while the task is {@code CREATED}; {@code null} if the server didn't say
 * @param downloadUrl  the URL of the result, that of a clip valid for 2 days from completion; {@code null} until then
 * @param completedAt  when the task was completed; {@code null} until then, or if the server didn't say
 */
public record Task(
        String taskId,
        Status status,
        double progress,
        Boolean hasWatermark,
        Double duration,
        URI uploadUrl,
        URI downloadUrl,
        Instant completedAt) {

    private static final Duration RESULT_KEPT = Duration.ofDays(2);

    /** The status of a task. */
    public enum Status {
        /** Created. Whether it may be submitted already depends on its kind ({@link TaskKind#isCreatedUnsubmitted()}). */
        CREATED,
        /** Submitted and charged. */
        PROCESSING,
        /** The result can be downloaded. */
        COMPLETED,
        /** Failed; the credits are refunded. */
        FAILED;

        /** Returns {@code null} if there is no such status. That of a completed PDF has another name. */
        static Status of(String name) {
            String known = "SUCCESS".equalsIgnoreCase(name) ? COMPLETED.name() : name;
            return Arrays.stream(values())
                    .filter(status -> status.name().equalsIgnoreCase(known))
                    .findFirst()
                    .orElse(null);
        }
    }

    Task at(Status now) {
        return new Task(taskId, now, progress, hasWatermark, duration, uploadUrl, downloadUrl, completedAt);
    }

    /** Returns until when the result can be downloaded, or {@code null} if that isn't known. */
    public Instant resultExpires() {
        return completedAt == null ? null : completedAt.plus(RESULT_KEPT);
    }

    /** Whether it is certain that the result can't be downloaded any more. */
    public boolean isResultExpired(Instant now) {
        return completedAt != null && resultExpires().isBefore(now);
    }

    @Override
    public String toString() {
        return "Task[taskId=" + taskId + ", status=" + status + ", progress=" + progress + "]";
    }
}
