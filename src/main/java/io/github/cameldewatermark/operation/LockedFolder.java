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
 * A folder for temp files with a file in it that is locked until this is closed or the process ends, in whatever way.
 * Whoever gets the lock may delete the folder.
 */
final class LockedFolder implements AutoCloseable {

    static final String PREFIX = "camel-dewatermark-";
    static final String LOCK = "lock";

    /**
     * The folders of this process are known by their name, also those of another class loader. Their lock files must not
     * even be opened: closing a file gives up all locks that the process has on it, at least on Linux.
     */
    static final String OF_THIS_PROCESS = PREFIX + processId() + "-";

    private static final Logger LOG = LoggerFactory.getLogger(LockedFolder.class);

    private final Path path;
    private final FileChannel lock;

    private LockedFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** A new one, that only its owner can read. */
    static LockedFolder create(Path parent) throws IOException {
        for (int attempt = 0; attempt < 10; attempt++) {
            Path path = Files.createTempDirectory(parent, OF_THIS_PROCESS);
            FileChannel lock =
                    FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try {
                // another process may have been faster than this lock, and have taken the folder for a left one
                if (lock.tryLock() != null && Files.exists(path.resolve(LOCK))) {
                    return new LockedFolder(path, lock);
                }
                lock.close();
            } catch (IOException e) {
                LOG.debug("There are no file locks in {}: the temp files stay when this process is killed", parent, e);
                lock.close();
                Files.deleteIfExists(path.resolve(LOCK)); // without it, nobody takes the folder for a left one
                return new LockedFolder(path, lock);
            }
        }
        throw new IOException("Another process deletes each new temp folder in " + parent);
    }

    /**
     * One that a process has left that was killed.
     *
     * @return {@code null}: it is in use, or it is none
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
            // another component is about to delete it
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

    /** Deletes it with its files. */
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

    /** The lock file is the last one: should this process be killed now, the next one goes on. */
    private void deleteFiles() throws IOException {
        Path last = path.resolve(LOCK);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, file -> !file.equals(last))) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(last);
    }

    /** The id of the process alone isn't enough: in a container it is always the same. */
    private static String processId() {
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
    }
}
