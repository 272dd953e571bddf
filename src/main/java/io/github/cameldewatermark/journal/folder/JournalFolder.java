package io.github.cameldewatermark.journal.folder;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder in which each file is created atomically and durably, and only once. Several processes may use it: only one of
 * them can create a file by {@link #claim}, and a file may only be removed while the {@linkplain #locked lock} is held, so
 * that the file that is removed is the one that was checked.
 */
final class JournalFolder {

    private static final Logger LOG = LoggerFactory.getLogger(JournalFolder.class);

    /**
     * A JVM can take a file lock only once, so its threads synchronize on this literal: it is the same object throughout the
     * JVM, in all class loaders.
     */
    private static final Object LOCK_OF_THIS_JVM = "lock of the journals of this JVM";

    private static final String LOCK = ".lock";
    private static final String TEMP_PREFIX = ".writing-";
    private static final String TEMP_SUFFIX = ".tmp";

    private final Path folder;
    private final HardLinks links;
    private final boolean syncable;

    /** Creates hard links, which not every file system supports. */
    interface HardLinks {
        void create(Path link, Path existing) throws IOException;
    }

    /** An action during which no other process removes a file. */
    interface Action<T> {
        T run() throws IOException;
    }

    /** @throws IllegalArgumentException if the folder can't be created or written */
    JournalFolder(Path folder, HardLinks links) {
        this.folder = folder.toAbsolutePath().normalize();
        this.links = links;
        try {
            if (!Files.isDirectory(this.folder)) {
                Files.createDirectories(this.folder, ownerOnly());
            }
            Files.delete(newTemp(Content.of("a test", new byte[] {1})));
            locked(() -> null);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The folder of the journal can't be created or written: " + this.folder + " (" + e + ")", e);
        }
        syncable = canSync();
    }

    Path file(String name) {
        return folder.resolve(name);
    }

    /** Returns the names of all files in the folder. */
    List<String> names() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            files.forEach(file -> names.add(file.getFileName().toString()));
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        return names;
    }

    /** Creates a file, unless one exists. Returns whether it did; if so, the file is safe on disk. */
    boolean claim(Path file, byte[] content) throws IOException {
        Path temp = newTemp(Content.of(file.toString(), content));
        try {
            publish(temp, file);
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            Files.deleteIfExists(temp);
        }
        sync();
        return true;
    }

    private void publish(Path temp, Path file) throws IOException {
        try {
            links.create(file, temp);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            LOG.debug("No hard link {}, it is moved instead", file, e);
            locked(() -> {
                if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new FileAlreadyExistsException(file.toString());
                }
                return Files.move(temp, file, ATOMIC_MOVE);
            });
        }
    }

    /** Writes a file, in place of the one that may be there; readers see the old content or the new one. */
    void replace(Path file, byte[] content) throws IOException {
        replace(file, Content.of(file.toString(), content));
    }

    /** Does the same with content of any length. */
    void replace(Path file, Content content) throws IOException {
        Path temp = newTemp(content);
        try {
            Files.move(temp, file, ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temp);
        }
        sync();
    }

    /** Forces the directory to disk, so that no new file name can be lost. */
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

    /** Renames a file, so that it isn't taken for a record any more. */
    Path setAside(Path file) throws IOException {
        for (int i = 1; ; i++) {
            Path aside = file.resolveSibling(file.getFileName() + (i == 1 ? "" : "." + i) + ".unreadable");
            if (!Files.exists(aside, LinkOption.NOFOLLOW_LINKS)) {
                return Files.move(file, aside, ATOMIC_MOVE);
            }
        }
    }

    /** Deletes temp files that a killed process left. */
    void removeLeftovers(Instant lastUsedBefore) throws IOException {
        for (String name : names()) {
            Path file = file(name);
            if (name.startsWith(TEMP_PREFIX) && name.endsWith(TEMP_SUFFIX) && isOlder(file, lastUsedBefore)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isOlder(Path file, Instant time) throws IOException {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(time);
        } catch (NoSuchFileException e) {
            return false; // its process has finished with it
        }
    }

    /**
     * Runs an action while no other thread or process runs one. If the file system doesn't support locks, this holds within
     * this JVM only.
     */
    @SuppressWarnings("try") // the lock isn't used in the body
    <T> T locked(Action<T> action) throws IOException {
        synchronized (LOCK_OF_THIS_JVM) {
            try (FileChannel channel = FileChannel.open(file(LOCK), CREATE, WRITE);
                    FileLock lock = lockOf(channel)) {
                return action.run();
            }
        }
    }

    private static FileLock lockOf(FileChannel channel) throws IOException {
        try {
            return channel.lock();
        } catch (ClosedByInterruptException | FileLockInterruptionException e) {
            throw e;
        } catch (IOException e) {
            LOG.debug("No file locks here", e);
            return null;
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
