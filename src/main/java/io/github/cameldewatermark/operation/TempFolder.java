package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The one folder of a component's temp files, made when the first is needed; only its owner can read it. If the process is
 * killed, it stays until the {@link #sweep()} of another one.
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

    /** Deletes what processes have left that were killed. */
    public void sweep() {
        LeftFolders.delete(parent);
    }

    /** A new empty file. It is protected by the folder, and as readable as any new file when it is moved elsewhere. */
    Path newFile() throws IOException {
        return Files.createFile(folder().resolve("spool-" + files.incrementAndGet() + ".tmp"));
    }

    /**
     * Makes sure, before a result is paid for, that there is room to keep it. It is about as large as what it is made of.
     *
     * @throws DewatermarkTransportException there isn't
     */
    void requireSpaceFor(Content original) {
        long needed = original.length() + original.length() / 2 + SPARE;
        try {
            long free = folder().toFile().getUsableSpace();
            if (free < needed) {
                throw noSpace(original, "only " + free / MEBIBYTE + " MiB are left", null);
            }
        } catch (IOException e) {
            throw noSpace(original, e.toString(), e);
        }
    }

    private static DewatermarkTransportException noSpace(Content original, String problem, IOException cause) {
        return new DewatermarkTransportException(
                "temp folder",
                "There is no room in the temp folder (java.io.tmpdir) to keep the result of " + original.name() + ": "
                        + problem + ". Nothing was sent, nothing was charged.",
                Billed.NO,
                true,
                cause);
    }

    private synchronized Path folder() throws IOException {
        if (folder != null && !Files.isDirectory(folder.path())) {
            close(); // somebody tidied up
        }
        if (folder == null) {
            folder = LockedFolder.create(parent);
        }
        return folder.path();
    }

    /** Deletes what is left. */
    @Override
    public synchronized void close() {
        if (folder != null) {
            folder.close();
            folder = null;
        }
    }
}
