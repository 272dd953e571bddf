package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * The folders in which a sandbox keeps its state. Two sandboxes can't share one: they would both go on with the same
 * tasks. The lock ends with the process, however that ends.
 */
public final class DataFolder implements AutoCloseable {

    private static final String TEMPORARY =
            "dewatermark-sandbox-" + ProcessHandle.current().pid() + "-";

    private final Path root;
    private final boolean temporary;
    private final FileChannel lockFile;

    private DataFolder(Path root, boolean temporary, FileChannel lockFile) {
        this.root = root;
        this.temporary = temporary;
        this.lockFile = lockFile;
    }

    /**
     * @param  dir                   the folder, is created if need be; {@code null}: a temporary one, deleted on close
     * @throws IllegalStateException another sandbox uses the folder
     */
    public static DataFolder open(Path dir) throws IOException {
        Path root = dir == null ? Files.createTempDirectory(TEMPORARY) : Files.createDirectories(dir);
        FileChannel lockFile =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!lock(lockFile)) {
            lockFile.close();
            throw new IllegalStateException("Another sandbox uses the data folder " + root);
        }
        DataFolder folder = new DataFolder(root, dir == null, lockFile);
        folder.dropRests();
        return folder;
    }

    /** What a killed process was in the middle of. */
    private void dropRests() throws IOException {
        try {
            delete(root.resolve("work"));
            delete(root.resolve("spool"));
        } catch (IOException e) {
            lockFile.close();
            throw e;
        }
    }

    private static boolean lock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    public Path root() {
        return root;
    }

    /** Where bodies of requests go while they are read. */
    public Path spool() throws IOException {
        return folder("spool");
    }

    /** Where files grow until they are complete and move to their place. */
    Path work() throws IOException {
        return folder("work");
    }

    Path folder(String name) throws IOException {
        return Files.createDirectories(root.resolve(name));
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
        if (temporary) {
            delete(root);
        }
    }

    static void delete(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            files.sorted(Comparator.reverseOrder()).forEach(DataFolder::deleteOne);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void deleteOne(Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
