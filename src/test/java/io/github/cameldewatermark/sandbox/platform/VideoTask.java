package io.github.cameldewatermark.sandbox.platform;

/**
 * A video task as it lies on disk. Times are in milliseconds since 1970; {@code null} where it isn't that far.
 *
 * @param taskId       its id
 * @param userId       whose
 * @param status       what has been reached
 * @param createdAt    when the upload URL was made
 * @param startedAt    when it was submitted
 * @param completedAt  when it was completed or failed
 * @param seconds      how long the clip is, once known
 * @param engineDoneAt when the engine was done
 * @param hasWatermark what the engine found
 * @param failure      why the engine couldn't do it
 * @param doomed       whether it was scripted to fail
 * @param brushed      whether it was submitted with a brush
 */
public record VideoTask(
        String taskId,
        String userId,
        TaskStatus status,
        long createdAt,
        Long startedAt,
        Long completedAt,
        Double seconds,
        Long engineDoneAt,
        Boolean hasWatermark,
        String failure,
        boolean doomed,
        boolean brushed) {

    static VideoTask created(String taskId, String userId, long now) {
        return new VideoTask(taskId, userId, TaskStatus.CREATED, now, null, null, null, null, null, null, false, false);
    }

    VideoTask submitted(long now, Double length, boolean withBrush, boolean failing) {
        return new VideoTask(
                taskId,
                userId,
                TaskStatus.PROCESSING,
                createdAt,
                now,
                null,
                length,
                null,
                null,
                null,
                failing,
                withBrush);
    }

    VideoTask cleaned(long now, double length, boolean found) {
        return new VideoTask(
                taskId, userId, status, createdAt, startedAt, null, length, now, found, null, doomed, brushed);
    }

    VideoTask broken(long now, String why) {
        return new VideoTask(
                taskId, userId, status, createdAt, startedAt, null, seconds, now, null, why, doomed, brushed);
    }

    VideoTask ended(TaskStatus end, long at) {
        return new VideoTask(
                taskId,
                userId,
                end,
                createdAt,
                startedAt,
                at,
                seconds,
                engineDoneAt,
                hasWatermark,
                failure,
                doomed,
                brushed);
    }
}
