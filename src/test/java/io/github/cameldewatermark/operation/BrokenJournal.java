package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.video.TaskJournal;
import io.github.cameldewatermark.video.TaskRecord;
import java.io.IOException;

/** A journal whose disk is gone. */
class BrokenJournal implements TaskJournal {
    @Override
    public TaskRecord find(String key) throws IOException {
        throw new IOException("the disk is gone");
    }

    @Override
    public TaskRecord record(TaskRecord task) throws IOException {
        throw new IOException("the disk is gone");
    }

    @Override
    public void remove(TaskRecord task) throws IOException {
        throw new IOException("the disk is gone");
    }
}
