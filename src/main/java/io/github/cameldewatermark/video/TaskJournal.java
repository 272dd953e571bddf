package io.github.cameldewatermark.video;

import java.io.IOException;
import java.time.Duration;

/**
 * Remembers, beyond the end of the process, which task belongs to a clip, so that the task is resumed when the clip is seen
 * again, instead of paying for a new one. A task is recorded before it is submitted, and removed when its exchange is done.
 *
 * <p>Implementations must be thread-safe. If several nodes share a journal, {@link #record} must be atomic among all of them.
 */
public interface TaskJournal {

    /**
     * How long a task is remembered: a task takes less than a day, and its result can be downloaded for 2 days from
     * completion. After that the record is of no use, because the platform doesn't know the task any more.
     */
    Duration RETENTION = Duration.ofDays(3);

    /**
     * Finds the task of a clip.
     *
     * @param  key         identifies the clip: any text, see {@link TaskRecord#key()}
     * @return             {@code null} if none is recorded, or only one older than {@link #RETENTION}
     * @throws IOException if the journal can't be read now
     */
    TaskRecord find(String key) throws IOException;

    /**
     * Records the task of a clip, unless the clip has a record already. Of concurrent calls for the same clip one wins, and
     * the others get its record. A record older than {@link #RETENTION} doesn't count. The record must be safe on disk when
     * this returns.
     *
     * @return             the record that the clip has now: the given one, or the one that existed before
     * @throws IOException if the journal can't be written now
     */
    TaskRecord record(TaskRecord task) throws IOException;

    /**
     * Removes the record of a task, if it still is the record of its clip.
     *
     * @throws IOException if the journal can't be written now
     */
    void remove(TaskRecord task) throws IOException;
}
