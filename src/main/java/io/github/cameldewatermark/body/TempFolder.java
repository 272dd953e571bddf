package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
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

    /**
     * The prefix of all folders of this process, including those of other class loaders. Their lock files must not even be
     * opened to test the lock: closing a file releases all locks that the process has on it, at least on Linux.
     */
    static final String OF_THIS_PROCESS = PREFIX + processId() + "-";

    private static final Logger LOG = LoggerFactory.getLogger(TempFolder.class);

    private static final long MEBIBYTE = 1024 * 1024;
    private static final long SPARE = 16 * MEBIBYTE;
    private static final long BETWEEN_COLLECTIONS = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST_DELETION = TimeUnit.SECONDS.toNanos(2);

    private final Path parent;
    private final AtomicLong created = new AtomicLong();
    private final Map<Path, WeakReference<TempFile>> there = new ConcurrentHashMap<>();
    private final AtomicLong reserved = new AtomicLong();
    private long collected;
    private Path path;
    private FileChannel lock;

    public TempFolder() {
        this(Path.of(System.getProperty("java.io.tmpdir")));
    }

    TempFolder(Path parent) {
        this.parent = parent;
    }

    /** Creates an empty file. The folder protects it; moved elsewhere, it has the usual permissions of a new file. */
    TempFile newFile() throws IOException {
        if (free() < SPARE) {
            deleteUnreachable();
        }
        Path file = Files.createFile(folder().resolve("spool-" + created.incrementAndGet() + ".tmp"));
        TempFile temp = new TempFile(file, () -> there.remove(file));
        there.put(file, new WeakReference<>(temp));
        return temp;
    }

    /**
     * Checks that there is room for the result of an original: one and a half times its size, and some spare, although a result is
     * about as large as its original.
     *
     * @throws DewatermarkStorageException if there isn't enough room
     */
    public void requireSpaceFor(Content original) {
        requireSpace(result(original), original.name());
    }

    public void requireSpace() {
        requireSpace(Journal.USUAL_ANSWER, "a picture");
    }

    /** Does the same as {@link #requireSpaceFor}, and keeps the room for that result until it is closed. */
    public Journal.Room reserveFor(Content original) {
        long needed = result(original);
        synchronized (reserved) { // otherwise several could be told of the same room
            requireSpace(needed, original.name());
            reserved.addAndGet(needed);
        }
        return () -> reserved.addAndGet(-needed);
    }

    /** Returns how large the result of an original may be, in bytes. */
    public static long result(Content original) {
        return original.length() + original.length() / 2;
    }

    private void requireSpace(long bytes, String original) {
        long needed = bytes + SPARE;
        try {
            if (free() < needed) {
                deleteUnreachable();
            }
            long free = free();
            if (free < needed) {
                throw noSpace(original, "only " + Math.max(0, free / MEBIBYTE) + " MiB are left", null);
            }
        } catch (IOException e) {
            throw noSpace(original, e.toString(), e);
        }
    }

    private long free() throws IOException {
        return folder().toFile().getUsableSpace() - reserved.get();
    }

    /**
     * Has the files deleted that nobody can reach any more, by a garbage collection, which may not be due for long: the heap isn't
     * what is short of room. The JDK does the same for its direct buffers. Not more often than every few seconds.
     */
    public void deleteUnreachable() {
        synchronized (there) {
            if (there.isEmpty() || collected != 0 && System.nanoTime() - collected < BETWEEN_COLLECTIONS) {
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
        return there.values().stream().anyMatch(file -> file.refersTo(null));
    }

    private static DewatermarkStorageException noSpace(String original, String problem, IOException cause) {
        return new DewatermarkStorageException(
                "temp folder",
                "There is no room in the temp folder (java.io.tmpdir) to keep the result of " + original + ": "
                        + problem + ". Nothing was sent, nothing was charged.",
                cause);
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
            if (!Files.getOwner(left, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder()))) {
                return;
            }
            try (FileChannel channel =
                    FileChannel.open(left.resolve(LOCK), StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
                if (channel.tryLock() != null) {
                    LOG.info("A killed process left the temp folder {}: deleting it", left);
                    delete(left);
                }
            }
        } catch (IOException | OverlappingFileLockException e) { // or another component of this JVM is deleting it
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

    /** Creates a folder. Its lock gets its name when it is held, so that no process takes the folder for one that was left. */
    private Path create() throws IOException {
        Path created = Files.createTempDirectory(parent, OF_THIS_PROCESS);
        Path nameless = created.resolve("new-" + LOCK);
        lock = FileChannel.open(nameless, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            lock.tryLock(); // unlike lock(), also in an interrupted thread
            Files.move(nameless, created.resolve(LOCK));
        } catch (IOException e) {
            LOG.debug("{} does not support file locks: if this process is killed, its temp files remain", parent, e);
        }
        return created;
    }

    @Override
    @SuppressWarnings("try") // the lock isn't used in the body
    public synchronized void close() {
        if (path != null) {
            try (FileChannel held = lock) {
                delete(path);
            } catch (IOException e) {
                LOG.warn("The temp folder {} could not be deleted", path, e);
            }
            path = null;
        }
    }

    /** Includes the start time, because the process id alone isn't unique: in a container it is always the same. */
    private static String processId() {
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
    }
}
