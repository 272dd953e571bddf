package io.github.cameldewatermark.video;

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
 * A {@link TaskJournal} that is a folder with one small text file per task. The file is named by the SHA-256 of the key, so
 * any text is a key, and only its owner can read it. Deleting it by hand makes the journal forget the task.
 *
 * <p>Several JVMs may share a folder, on a local file system. That a clip is recorded once rests on hard links there; where
 * the file system has none, on file locks; where it hasn't those either, one JVM must have the folder for itself. For nodes
 * on several machines there is {@link JdbcTaskJournal}.
 *
 * <p>A file that is no record, cut off for example, never stops anything: it is set aside, with a warning, and its clip is
 * one that has no task. What is older than {@link TaskJournal#RETENTION} is deleted, and so is what a killed process left.
 */
public final class FileTaskJournal implements TaskJournal {

    private static final Logger LOG = LoggerFactory.getLogger(FileTaskJournal.class);

    /** Others that come and go between two looks can hardly do so this often. */
    private static final int ATTEMPTS = 100;

    /** A file that is being written is much younger. */
    private static final Duration LEFTOVER = Duration.ofMinutes(10);

    private final JournalFolder folder;
    private final Clock clock;
    private final Upkeep upkeep;

    /**
     * Opens a journal.
     *
     * @param  folder                   where it is; created if it doesn't exist
     * @throws IllegalArgumentException the folder can't be created or written
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
                folder.sync(); // who made it may not have come to that yet
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
                    Files.delete(file); // not synced: if it comes back, its clip is only fetched once more
                }
            } catch (UnreadableException e) {
                LOG.debug("{} isn't that task: {}", file, e.getMessage());
            }
            return null;
        });
    }

    /** The record of a file that counts. What doesn't is gone after this. */
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

    /** The same for who holds the lock: nobody can have replaced the file between the look and the deletion. */
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

    /** @return {@code null} if there is none */
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
                problem = e; // the others go all the same
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
