package io.github.cameldewatermark.journal.folder;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which each file is written atomically and durably. Several processes may use it: files are checked, replaced and
 * removed while its {@linkplain #locked lock} is held, so that the file that is changed is the one that was checked.
 */
final class DurableFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DurableFolder.class);

    /**
     * A JVM can take a file lock only once, so its threads synchronize on this literal: it is the same object throughout the
     * JVM, in all class loaders.
     */
    private static final Object LOCK_OF_THIS_JVM = "lock of the journals of this JVM";

    private static final String LOCK = ".lock";
    private static final String TEMP_PREFIX = ".writing-";
    private static final String TEMP_SUFFIX = ".tmp";

    private final Path folder;
    private final boolean syncable;
    private final FreeSpace space;

    /** An action while no other thread or process changes a file. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** @throws IllegalArgumentException if the folder can't be created or written */
    DurableFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
        this.space = new FreeSpace(this.folder);
        try {
            if (!Files.isDirectory(this.folder)) {
                Files.createDirectories(this.folder, ownerOnly());
            }
            Files.delete(newTemp(Content.of("a test", new byte[] {1})));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The folder of the journal can't be created or written: " + this.folder + " (" + e + ")", e);
        }
        syncable = canSync();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Visits all files and folders in it. What is deleted meanwhile is left out. */
    void list(BiConsumer<Path, BasicFileAttributes> visitor) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                try {
                    visitor.accept(file, Files.readAttributes(file, BasicFileAttributes.class, NOFOLLOW_LINKS));
                } catch (NoSuchFileException e) {
                    LOG.trace("{} was deleted meanwhile", file, e);
                }
            }
        } catch (UncheckedIOException e) { // what the stream throws if the folder can't be read to its end
            throw e.getCause();
        }
    }

    /**
     * Writes a file in place of the one that may be there, if a condition is met while the folder is locked. Readers see the old
     * content or the new one, which is safe on disk when this returns.
     *
     * @return whether it was met
     */
    boolean replace(Path file, Content content, Action<Boolean> condition) throws IOException {
        Path temp = newTemp(content);
        try {
            boolean met = locked(() -> {
                boolean replaces = condition.run();
                if (replaces) {
                    Files.move(temp, file, ATOMIC_MOVE);
                }
                return replaces;
            });
            if (met) {
                sync();
            }
            return met;
        } finally {
            Files.deleteIfExists(temp);
        }
    }

    /** Forces the directory to disk, so that no change of a file name can be lost. */
    void sync() throws IOException {
        if (syncable) {
            try (FileChannel channel = FileChannel.open(folder, READ)) {
                channel.force(true);
            }
        }
    }

    private boolean canSync() {
        try (FileChannel channel = FileChannel.open(folder, READ)) {
            channel.force(true);
            return true;
        } catch (IOException e) { // always on Windows, which doesn't support this and doesn't need it
            LOG.debug("The names of the files of {} can't be forced to disk", folder, e);
            return false;
        }
    }

    /** @throws IOException if there isn't enough room */
    Journal.Room reserveRoom(long bytes) throws IOException {
        return space.reserveRoom(bytes);
    }

    /** Whether a file is being written, or was when its process was killed. */
    static boolean isTemp(String name) {
        return name.startsWith(TEMP_PREFIX) && name.endsWith(TEMP_SUFFIX);
    }

    /** Runs an action while no other thread or process runs one. It must not run another one in it. */
    @SuppressWarnings("try") // the lock isn't used in the body
    <T> T locked(Action<T> action) throws IOException {
        synchronized (LOCK_OF_THIS_JVM) {
            try (FileChannel channel = FileChannel.open(file(LOCK), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                return action.run();
            }
        }
    }

    /** Creates a file that is forced to disk. Only its owner can read it, as with any {@link Files#createTempFile}. */
    private Path newTemp(Content content) throws IOException {
        Path temp = Files.createTempFile(folder, TEMP_PREFIX, TEMP_SUFFIX);
        try (InputStream in = content.open();
                FileChannel channel = FileChannel.open(temp, WRITE)) {
            in.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
            return temp;
        } catch (IOException e) {
            Files.deleteIfExists(temp);
            throw e;
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return folder.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
