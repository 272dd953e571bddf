package io.github.cameldewatermark.sandbox.platform;

import com.fasterxml.jackson.annotation.JsonAlias;

/**
 * A task as it lies on disk. Times are in milliseconds since 1970; {@code null} where it isn't that far.
 *
 * @param taskId       its id
 * @param kind         what it cleans; tasks of older data folders, which don't say it, clean videos
 * @param userId       whose
 * @param status       what has been reached
 * @param createdAt    when the upload URL was made
 * @param startedAt    when it was submitted
 * @param completedAt  when it was completed or failed
 * @param length       how many seconds the clip has, or pages the PDF, once known
 * @param engineDoneAt when the engine was done
 * @param hasWatermark what the engine found
 * @param failure      why the engine couldn't do it
 * @param doomed       whether it was scripted to fail
 * @param brushed      whether it was submitted with a brush
 */
public record Task(
        String taskId,
        TaskKind kind,
        String userId,
        TaskStatus status,
        long createdAt,
        Long startedAt,
        Long completedAt,
        @JsonAlias("seconds") Double length,
        Long engineDoneAt,
        Boolean hasWatermark,
        String failure,
        boolean doomed,
        boolean brushed) {

    public Task {
        kind = kind == null ? TaskKind.VIDEO : kind;
    }

    static Task created(String taskId, TaskKind kind, String userId, long now) {
        return new Task(
                taskId, kind, userId, TaskStatus.CREATED, now, null, null, null, null, null, null, false, false);
    }

    Task submitted(long now, Double known, boolean withBrush, boolean failing) {
        return new Task(
                taskId,
                kind,
                userId,
                TaskStatus.PROCESSING,
                createdAt,
                now,
                null,
                known,
                null,
                null,
                null,
                failing,
                withBrush);
    }

    Task cleaned(long now, double measured, boolean found) {
        return new Task(
                taskId, kind, userId, status, createdAt, startedAt, null, measured, now, found, null, doomed, brushed);
    }

    Task broken(long now, String why) {
        return new Task(
                taskId, kind, userId, status, createdAt, startedAt, null, length, now, null, why, doomed, brushed);
    }

    Task ended(TaskStatus end, long at) {
        return new Task(
                taskId,
                kind,
                userId,
                end,
                createdAt,
                startedAt,
                at,
                length,
                engineDoneAt,
                hasWatermark,
                failure,
                doomed,
                brushed);
    }
}
