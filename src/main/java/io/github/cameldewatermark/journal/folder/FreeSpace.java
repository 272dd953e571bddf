package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** The space that a folder has left, without what is reserved for results under way. */
public final class FreeSpace {

    private static final long MEBIBYTE = 1024 * 1024;

    /** For what else is written there. */
    private static final long SPARE = 16 * MEBIBYTE;

    private final Path folder;
    private final AtomicLong reserved = new AtomicLong();

    public FreeSpace(Path folder) {
        this.folder = folder;
    }

    public boolean isShort() {
        return left() < SPARE;
    }

    /**
     * Reserves space until that is closed. One after the other, else several would be told of the same space.
     *
     * @throws IOException if there isn't enough
     */
    public synchronized Journal.Room reserveRoom(long bytes) throws IOException {
        long left = left();
        if (left < bytes + SPARE) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "there is no room for the result: only " + Math.max(0, left / MEBIBYTE) + " MiB are left");
        }
        AtomicLong room = new AtomicLong(bytes);
        reserved.addAndGet(bytes);
        return () -> reserved.addAndGet(-room.getAndSet(0));
    }

    private long left() {
        return folder.toFile().getUsableSpace() - reserved.get();
    }
}
