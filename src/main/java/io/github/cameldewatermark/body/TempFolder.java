package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.folder.FreeSpace;
import io.github.cameldewatermark.journal.folder.LockFile;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for all temp files of a component, created with the first file and readable only by its owner. It has a file that is
 * locked until this object is closed or the process ends, however that happens: a process that gets the lock deletes the folder.
 */
public final class TempFolder implements AutoCloseable {

    static final String LOCK = "lock";

    private static final String PREFIX = "camel-dewatermark-";

    /** The prefix of all folders of this process, including those of other class loaders. */
    static final String OF_THIS_PROCESS = PREFIX + LockFile.THIS_PROCESS + "-";

    private static final Logger LOG = LoggerFactory.getLogger(TempFolder.class);

    private static final long BETWEEN_COLLECTIONS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_DELETION = TimeUnit.SECONDS.toNanos(2);

    private final Path parent;
    private final AtomicLong created = new AtomicLong();
    private final Map<Path, WeakReference<TempFile>> files = new ConcurrentHashMap<>();
    private final FreeSpace space;
    private long collected;
    private Path path;
    private LockFile lock;

    public TempFolder() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TempFolder(Path parent) {
        this.parent = parent;
        this.space = new FreeSpace(parent);
    }

    /** Creates an empty file. The folder protects it; moved elsewhere, it has the usual permissions of a new file. */
    TempFile newFile() throws IOException {
        if (space.isShort()) {
            deleteUnreachable();
        }
        Path file = Files.createFile(folder().resolve("spool-" + created.incrementAndGet() + ".tmp"));
        TempFile temp = new TempFile(file, () -> files.remove(file));
        files.put(file, new WeakReference<>(temp));
        return temp;
    }

    /**
     * Reserves room for the result of an original.
     *
     * @throws DewatermarkStorageException if there isn't enough room
     */
    public Journal.Room reserveRoom(Content original) {
        return reserveRoom(result(original), original.name());
    }

    /** Checks that there is room for a usual picture. */
    public void requireSpace() {
        reserveRoom(Journal.USUAL_ANSWER, "a picture").close();
    }

    /** Returns how large the result of an original may be, in bytes, although it is about as large as its original. */
    public static long result(Content original) {
        return original.length() + original.length() / 2;
    }

    private Journal.Room reserveRoom(long bytes, String original) {
        try {
            folder(); // it must be possible to create it
            try {
                return space.reserveRoom(bytes);
            } catch (IOException full) {
                deleteUnreachable();
                return space.reserveRoom(bytes);
            }
        } catch (IOException e) {
            throw new DewatermarkStorageException(
                    "temp folder",
                    "The temp folder (java.io.tmpdir) can't keep the result of " + original + ": " + e,
                    e);
        }
    }

    /**
     * Has the files deleted that nobody can reach any more, by a garbage collection, which may not be due for long: the heap isn't
     * what is short of room. The JDK does the same for its direct buffers. Not more often than every few seconds.
     */
    public void deleteUnreachable() {
        synchronized (files) {
            if (files.isEmpty() || collected != 0 && System.nanoTime() - collected < BETWEEN_COLLECTIONS) {
                return;
            }
            System.gc();
            collected = System.nanoTime();
            try {
                while (isAnyUnreachable() && System.nanoTime() - collected < LONGEST_DELETION) {
                    TimeUnit.MILLISECONDS.sleep(10);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Whether a file is about to be deleted, by a thread that may be late. */
    private boolean isAnyUnreachable() {
        return files.values().stream().anyMatch(file -> file.refersTo(null));
    }

    /**
     * Deletes the temp folders of processes that were killed. Their parent may be writable by attackers, so only real folders of
     * this user are touched, and no symbolic link is followed. A failure is only logged, because it doesn't affect the caller.
     */
    public void sweep() {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, TempFolder::isOfAnotherProcess)) {
            all.forEach(this::sweep);
        } catch (IOException | RuntimeException e) {
            LOG.warn("Could not look for the temp folders of killed processes in {}: {}", parent, e.toString());
        }
    }

    private static boolean isOfAnotherProcess(Path folder) {
        String name = folder.getFileName().toString();
        return name.startsWith(PREFIX)
                && !name.startsWith(OF_THIS_PROCESS)
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && Files.isRegularFile(folder.resolve(LOCK), LinkOption.NOFOLLOW_LINKS);
    }

    private void sweep(Path left) {
        try {
            boolean mine = Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder()));
            if (mine && !LockFile.isHeld(left.resolve(LOCK))) {
                LOG.info("A killed process left the temp folder {}: deleting it", left);
                delete(left);
            }
        } catch (IOException e) { // or another component is deleting it
            LOG.debug("The temp folder {} is left alone", left, e);
        }
    }

    /** Deletes the lock last: if this process is killed meanwhile, the next one can still delete the rest. */
    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Path last = folder.resolve(LOCK);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, file -> !file.equals(last))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(last);
        Files.deleteIfExists(folder);
    }

    private synchronized Path folder() throws IOException {
        if (path != null && !Files.isDirectory(path)) {
            close(); // the folder was deleted from outside
        }
        if (path == null) {
            path = create();
        }
        return path;
    }

    private Path create() throws IOException {
        Path created = Files.createTempDirectory(parent, OF_THIS_PROCESS);
        try {
            lock = LockFile.create(created.resolve(LOCK));
        } catch (IOException e) {
            LOG.debug("{} does not support file locks: if this process is killed, its temp files remain", parent, e);
        }
        return created;
    }

    @Override
    @SuppressWarnings("try") // the lock isn't used in the body
    public synchronized void close() {
        if (path != null) {
            try (LockFile held = lock) {
                delete(path);
            } catch (IOException e) {
                LOG.warn("The temp folder {} could not be deleted", path, e);
            }
            path = null;
            lock = null;
        }
    }
}
