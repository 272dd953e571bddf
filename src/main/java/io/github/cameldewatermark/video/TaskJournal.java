package io.github.cameldewatermark.video;

import java.io.IOException;
import java.time.Duration;

/**
 * Remembers, beyond the end of the process, which task a clip has: a clip that is seen again is resumed, not paid again.
 * A task is recorded before it is submitted, and removed when its exchange is done.
 *
 * <p>Implementations are thread-safe. One that several nodes share makes {@link #record} atomic among all of them.
 */
public interface TaskJournal {

    /**
     * How long a task is remembered: the result can be fetched for 2 days from completion, and a day is more than a task
     * takes. After that a record only says what to ask the platform for, which would not know it any more.
     */
    Duration RETENTION = Duration.ofDays(3);

    /**
     * The task of a clip.
     *
     * @return             {@code null} if none is recorded, or only one older than {@link #RETENTION}
     * @throws IOException the journal can't be read now
     */
    TaskRecord find(String key) throws IOException;

    /**
     * Records the task of a clip, unless another one is: of all who try at once, one wins, and the others learn of it. A
     * record older than {@link #RETENTION} doesn't count. The record is safe on disk when this returns.
     *
     * @return             the record that the clip has now: this one, or the one that was there
     * @throws IOException the journal can't be written now
     */
    TaskRecord record(TaskRecord task) throws IOException;

    /**
     * Forgets a task, if it still is the one that the clip has.
     *
     * @throws IOException the journal can't be written now
     */
    void remove(TaskRecord task) throws IOException;
}
