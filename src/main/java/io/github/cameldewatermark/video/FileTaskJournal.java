package io.github.cameldewatermark.video;

import io.github.cameldewatermark.journal.JournalFolder;
import io.github.cameldewatermark.journal.Upkeep;
import io.github.cameldewatermark.video.TaskRecordFile.UnreadableException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TaskJournal} in a folder, with one small text file per task. The file name is the SHA-256 of the key, so any text
 * can be a key, and only the owner can read the file. Deleting a file by hand makes the journal forget its task.
 *
 * <p>Several JVMs may share a folder on a local file system. Hard links ensure that each clip is recorded once; if the file
 * system doesn't support them, file locks do; if it doesn't support these either, only one JVM may use the folder. For nodes
 * on several machines, use {@link JdbcTaskJournal}.
 *
 * <p>A file that can't be read as a record, because it is cut off for example, causes no failure: it is set aside with a
 * warning, and its clip counts as having no task. Records older than {@link TaskJournal#RETENTION} are deleted, and so are
 * the temp files of killed processes.
 */
public final class FileTaskJournal implements TaskJournal {

    private static final Logger LOG = LoggerFactory.getLogger(FileTaskJournal.class);

    /** A limit that is hardly ever reached: other processes would have to create and delete the file this often. */
    private static final int ATTEMPTS = 100;

    /** The age from which a temp file counts as left over; a file that is being written is much younger. */
    private static final Duration LEFTOVER = Duration.ofMinutes(10);

    private final JournalFolder folder;
    private final Clock clock;
    private final Upkeep upkeep;

    /**
     * Opens a journal.
     *
     * @param  folder                   the folder of the journal; created if it doesn't exist
     * @throws IllegalArgumentException if the folder can't be created or written
     */
    public FileTaskJournal(Path folder) {
        this(folder, Clock.systemUTC());
    }

    FileTaskJournal(Path folder, Clock clock) {
        this(new JournalFolder(folder, Files::createLink), clock);
    }

    FileTaskJournal(JournalFolder folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
        this.upkeep = new Upkeep(clock, this::tidy, folder.toString());
        upkeep.runIfDue();
    }

    @Override
    public TaskRecord find(String key) throws IOException {
        return current(folder.file(TaskRecordFile.name(key)));
    }

    @Override
    public TaskRecord record(TaskRecord task) throws IOException {
        upkeep.runIfDue();
        String name = TaskRecordFile.name(task.key());
        Path file = folder.file(name);
        byte[] content = TaskRecordFile.write(task);
        for (int i = 0; i < ATTEMPTS; i++) {
            TaskRecord found = current(file);
            if (found != null) {
                folder.sync(); // the process that created the file may not have synced the folder yet
                return found;
            }
            if (folder.claim(file, content)) {
                return task;
            }
        }
        throw new FileSystemException(file.toString(), null, "it is made and deleted by others all the time");
    }

    @Override
    public void remove(TaskRecord task) throws IOException {
        Path file = folder.file(TaskRecordFile.name(task.key()));
        folder.locked(() -> {
            try {
                TaskRecord found = read(file);
                if (found != null && found.taskId().equals(task.taskId())) {
                    Files.delete(file); // not synced: if it reappears after a crash, its clip is only fetched again
                }
            } catch (UnreadableException e) {
                LOG.debug("{} isn't that task: {}", file, e.getMessage());
            }
            return null;
        });
    }

    /** Returns the valid record in a file, or {@code null}. An expired or unreadable file is removed. */
    private TaskRecord current(Path file) throws IOException {
        try {
            TaskRecord found = read(file);
            if (found == null || !found.isExpired(clock.instant())) {
                return found;
            }
        } catch (UnreadableException e) {
            LOG.debug("{}: {}", file, e.getMessage());
        }
        return folder.locked(() -> cleared(file));
    }

    /** Does the same while the lock is held, so that no other process can replace the file between check and deletion. */
    private TaskRecord cleared(Path file) throws IOException {
        try {
            TaskRecord found = read(file);
            if (found != null && found.isExpired(clock.instant())) {
                Files.delete(file);
                return null;
            }
            return found;
        } catch (UnreadableException e) {
            Path aside = folder.setAside(file);
            LOG.warn(
                    "Task journal: {} is no record of a task, because {}. It was set aside as {}. If it was that of a clip"
                            + " under way, the clip will be begun anew, and paid again. To avoid that, look for the"
                            + " task id in the file, and resume it by the header CamelDewatermarkTaskId.",
                    file,
                    e.getMessage(),
                    aside.getFileName());
            return null;
        }
    }

    /** Reads the record in a file; returns {@code null} if there is no such file. */
    private static TaskRecord read(Path file) throws IOException, UnreadableException {
        try {
            BasicFileAttributes attributes =
                    Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!attributes.isRegularFile()) {
                throw new UnreadableException("it is not a regular file");
            }
            return TaskRecordFile.read(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void tidy() throws IOException {
        folder.removeLeftovers(clock.instant().minus(LEFTOVER));
        IOException problem = null;
        for (String name : folder.names()) {
            try {
                if (TaskRecordFile.isName(name)) {
                    current(folder.file(name));
                }
            } catch (IOException e) {
                problem = e; // thrown at the end, so that the other files are tidied, too
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
