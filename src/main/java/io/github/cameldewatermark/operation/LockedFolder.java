package io.github.cameldewatermark.operation;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for temp files. It contains a file that is locked until this object is closed or the process ends, however that
 * happens. A process that gets the lock may delete the folder.
 */
final class LockedFolder implements AutoCloseable {

    static final String PREFIX = "camel-dewatermark-";
    static final String LOCK = "lock";

    /**
     * The prefix of all folders of this process, including those of other class loaders. Their lock files must not even be
     * opened to test the lock: closing a file releases all locks that the process has on it, at least on Linux.
     */
    static final String OF_THIS_PROCESS = PREFIX + processId() + "-";

    private static final Logger LOG = LoggerFactory.getLogger(LockedFolder.class);

    private final Path path;
    private final FileChannel lock;

    private LockedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates a new folder that only its owner can read. */
    static LockedFolder create(Path parent) throws IOException {
        for (int attempt = 0; attempt < 10; attempt++) {
            Path path = Files.createTempDirectory(parent, OF_THIS_PROCESS);
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                // before the lock was taken, another process may have mistaken the folder for an abandoned one
                if (lock.tryLock() != null && Files.exists(path.resolve(LOCK))) {
                    return new LockedFolder(path, lock);
                }
                lock.close();
            } catch (IOException e) {
                LOG.debug("There are no file locks in {}: the temp files stay when this process is killed", parent, e);
                lock.close();
                Files.deleteIfExists(path.resolve(LOCK)); // so that no process mistakes the folder for an abandoned one
                return new LockedFolder(path, lock);
            }
        }
        throw new IOException("Another process deletes each new temp folder in " + parent);
    }

    /**
     * Locks a folder that was left by a process that was killed.
     *
     * @return {@code null} if the folder is in use, or has no lock file
     */
    static LockedFolder left(Path path) throws IOException {
        Path file = path.resolve(LOCK);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return null;
        }
        FileChannel lock = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        try {
            if (lock.tryLock() != null) {
                return new LockedFolder(path, lock);
            }
        } catch (OverlappingFileLockException e) {
            // another component in this JVM is about to delete the folder
        } catch (IOException e) {
            lock.close();
            throw e;
        }
        lock.close();
        return null;
    }

    Path path() {
        return path;
    }

    /** Deletes the folder with its files. */
    @Override
    public void close() {
        try {
            try (lock) {
                if (Files.exists(path)) {
                    deleteFiles();
                }
            }
            Files.deleteIfExists(path);
        } catch (IOException e) {
            LOG.warn("The temp folder {} could not be deleted", path, e);
        }
    }

    /** Deletes the lock file last: if this process is killed meanwhile, the next one can still delete the rest. */
    private void deleteFiles() throws IOException {
        Path last = path.resolve(LOCK);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, file -> !file.equals(last))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(last);
    }

    /** Includes the start time, because the process id alone isn't unique: in a container it is always the same. */
    private static String processId() {
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
    }
}
