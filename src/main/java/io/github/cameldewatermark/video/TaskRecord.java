package io.github.cameldewatermark.video;

import java.time.Instant;
import java.util.Objects;

/**
 * What a {@link TaskJournal} remembers about a clip.
 *
 * @param key     identifies the clip: any text, such as a fingerprint of its content
 * @param taskId  the id of its task
 * @param name    the name of the clip, such as its file name; for the operator
 * @param created when the task was created
 */
public record TaskRecord(String key, String taskId, String name, Instant created) {

    public TaskRecord {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(taskId, "taskId");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(created, "created");
    }

    /** Whether this record is older than {@link TaskJournal#RETENTION} and so doesn't count any more. */
    public boolean isExpired(Instant now) {
        return created.isBefore(now.minus(TaskJournal.RETENTION));
    }
}
