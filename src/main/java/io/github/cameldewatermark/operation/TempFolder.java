package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder for all temp files of a component, created with the first file and readable only by its owner. If the process is
 * killed, the folder stays until the {@link #sweep()} of another process.
 */
public final class TempFolder implements AutoCloseable {

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long SPARE = 16 * MEBIBYTE;

    private final Path parent;
    private final AtomicLong files = new AtomicLong();
    private LockedFolder folder;

    public TempFolder() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TempFolder(Path parent) {
        this.parent = parent;
    }

    /** Deletes the temp folders of processes that were killed. */
    public void sweep() {
        LeftFolders.delete(parent);
    }

    /** Creates an empty file. The folder protects it; moved elsewhere, it has the usual permissions of a new file. */
    Path newFile() throws IOException {
        return Files.createFile(folder().resolve("spool-" + files.incrementAndGet() + ".tmp"));
    }

    /**
     * Checks, before a result is paid for, that there is room for it: one and a half times the size of the original, and some
     * spare, although a result is about as large as its original.
     *
     * @throws DewatermarkStorageException if there isn't enough room
     */
    void requireSpaceFor(Content original) {
        requireSpace(original.length() + original.length() / 2 + SPARE, original.name());
    }

    /** Checks that there is room for the result of a usual picture. */
    void requireSpace() {
        requireSpace(Journal.USUAL_ANSWER + SPARE, "a picture");
    }

    private void requireSpace(long needed, String original) {
        try {
            long free = folder().toFile().getUsableSpace();
            if (free < needed) {
                throw noSpace(original, "only " + free / MEBIBYTE + " MiB are left", null);
            }
        } catch (IOException e) {
            throw noSpace(original, e.toString(), e);
        }
    }

    private static DewatermarkStorageException noSpace(String original, String problem, IOException cause) {
        return new DewatermarkStorageException(
                "temp folder",
                "There is no room in the temp folder (java.io.tmpdir) to keep the result of " + original + ": "
                        + problem + ". Nothing was sent, nothing was charged.",
                cause);
    }

    private synchronized Path folder() throws IOException {
        if (folder != null && !Files.isDirectory(folder.path())) {
            close(); // the folder was deleted from outside
        }
        if (folder == null) {
            folder = LockedFolder.create(parent);
        }
        return folder.path();
    }

    /** Deletes the folder with all files in it. */
    @Override
    public synchronized void close() {
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }
}
