package io.github.cameldewatermark.journal.folder;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;

/**
 * A file that is locked until it is closed or its process ends, however that happens: so a dead owner is told from a slow one
 * without a clock.
 */
public final class LockFile implements AutoCloseable {

    /** Includes the start time, because the process id alone isn't unique: in a container it is always the same. */
    public static final String THIS_PROCESS = thisProcess();

    private final Path path;
    private final FileChannel channel;

    private LockFile(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Creates a file. It gets its name when its lock is held, so that nobody takes its owner for dead.
     *
     * @throws IOException also if the file system has no locks
     */
    public static LockFile create(Path path) throws IOException {
        Path nameless = path.resolveSibling(path.getFileName() + ".new");
        FileChannel channel = FileChannel.open(nameless, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.tryLock(); // unlike lock(), also in an interrupted thread
            Files.move(nameless, path);
            return new LockFile(path, channel);
        } catch (IOException e) {
            channel.close();
            Files.deleteIfExists(nameless);
            throw e;
        }
    }

    /**
     * Whether a file is locked by another process. Not to be asked about a file of this process: closing a file releases all
     * locks that the process has on it, at least on Linux.
     */
    public static boolean isHeld(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) { // another thread is just asking
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Unlocks and deletes the file. */
    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(path);
    }

    private static String thisProcess() {
        ProcessHandle process = ProcessHandle.current();
        Instant start = process.info().startInstant().orElse(Instant.EPOCH);
        return process.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
    }
}
