package io.github.cameldewatermark.client;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/**
 * The status of a video task (section "Step 4: Poll Task Status").
 *
 * @param taskId       the id of the task
 * @param status       the status
 * @param progress     0 to 1; 0 if the server didn't say
 * @param hasWatermark whether the server saw a watermark; {@code null} if it didn't say
 * @param duration     length of the clip in seconds; {@code null} if the server didn't say
 * @param uploadUrl    the URL to upload the clip to while the task is {@code CREATED}; {@code null} if the server didn't say
 * @param downloadUrl  the URL of the result, valid for 2 days from completion; {@code null} until then
 * @param completedAt  when the task was completed; {@code null} until then, or if the server didn't say
 */
public record VideoTask(
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
        /** Created, but not submitted yet: nothing is charged. */
        CREATED,
        /** Submitted and charged. */
        PROCESSING,
        /** The result can be downloaded. */
        COMPLETED,
        /** Failed; the credits are refunded. */
        FAILED;

        /** Returns {@code null} if there is no such status. */
        static Status of(String name) {
            return Arrays.stream(values())
                    .filter(status -> status.name().equalsIgnoreCase(name))
                    .findFirst()
                    .orElse(null);
        }
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
        return "VideoTask[taskId=" + taskId + ", status=" + status + ", progress=" + progress + "]";
    }
}
