package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.State;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers in a {@link FolderJournal}: a file for each part, beside the entry, whose last modification is the last use of the
 * answer. Keeps them for some time, and within some size.
 */
final class Results {

    private static final Logger LOG = LoggerFactory.getLogger(Results.class);

    /** Beside what is reserved, room for what else is written there. */
    private static final long SPARE = 16L * 1024 * 1024;

    private static final String ENTRY = ".entry";
    private static final Pattern FILE = Pattern.compile("([0-9a-f]{64})\\.([a-z]+)");

    private final JournalFolder folder;
    private final Duration retention;
    private final long maxSize;
    private final Clock clock;
    private final AtomicLong reserved = new AtomicLong();
    private final AtomicLong size = new AtomicLong();

    Results(JournalFolder folder, Duration retention, long maxSize, Clock clock) {
        this.folder = folder;
        this.retention = retention;
        this.maxSize = maxSize;
        this.clock = clock;
    }

    /** Returns the name of the file of an entry. */
    static String entry(String key) {
        return key + ENTRY;
    }

    static boolean isEntry(String fileName) {
        return FILE.matcher(fileName).matches() && fileName.endsWith(ENTRY);
    }

    static String key(String fileName) {
        return fileName.substring(0, fileName.indexOf('.'));
    }

    Journal.Room reserve(long bytes) throws IOException {
        long needed = bytes + SPARE;
        long free = folder.file("").toFile().getUsableSpace() - reserved.get();
        if (free < needed) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "there is no room for the answer: only " + Math.max(0, free >> 20) + " MiB are left");
        }
        reserved.addAndGet(bytes);
        AtomicBoolean open = new AtomicBoolean(true);
        return () -> {
            if (open.getAndSet(false)) {
                reserved.addAndGet(-bytes);
            }
        };
    }

    /** Stores the parts of an answer, and returns its entry with what is to be known about them. */
    Entry keep(Entry result, Map<String, Content> parts) throws IOException {
        Map<String, String> lengths = new HashMap<>();
        long total = 0;
        for (Map.Entry<String, Content> part : parts.entrySet()) {
            folder.replace(file(result.key(), part.getKey()), part.getValue());
            long length = part.getValue().length();
            lengths.put(Entry.LENGTH + part.getKey(), String.valueOf(length));
            total += length;
        }
        size.addAndGet(total);
        return result.with(lengths);
    }

    Content part(Entry result, String part) throws IOException {
        String length = result.fact(Entry.LENGTH + part);
        if (length == null) {
            return null;
        }
        Content content = Content.of(file(result.key(), part));
        if (!String.valueOf(content.length()).equals(length)) {
            throw new FileSystemException(
                    file(result.key(), part).toString(), null, "it has another length than it had");
        }
        Files.setLastModifiedTime(folder.file(entry(result.key())), FileTime.from(clock.instant()));
        return content;
    }

    boolean isExpired(Entry entry) throws IOException {
        try {
            return entry.state() == State.RESULT
                    && lastUse(entry.key()).isBefore(clock.instant().minus(retention));
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes an entry with all its parts; to be called while the folder is locked. */
    void remove(Entry entry) throws IOException {
        Files.deleteIfExists(folder.file(entry(entry.key())));
        for (String fact : entry.facts().keySet()) {
            if (fact.startsWith(Entry.LENGTH)) {
                Files.deleteIfExists(file(entry.key(), fact.substring(Entry.LENGTH.length())));
            }
        }
        folder.sync();
    }

    void evictIfTooLarge() throws IOException {
        if (size.get() > maxSize) {
            evict(Instant.MIN);
        }
    }

    /**
     * Removes the answers used longest ago, if all are too large, until the others are well within the size, so that this isn't
     * due again with the next answer; and parts without an entry.
     *
     * @param leftBefore the time before which a part without an entry was left by a killed process
     */
    void evict(Instant leftBefore) throws IOException {
        List<Answer> answers = answers();
        long total = answers.stream().mapToLong(Answer::bytes).sum();
        long most = total > maxSize ? maxSize - maxSize / 10 : maxSize;
        int removed = 0;
        for (Answer oldest : answers) {
            boolean newest = oldest == answers.get(answers.size() - 1); // it stays, however large it is
            boolean unneeded = oldest.hasEntry()
                    ? total > most && !newest
                    : oldest.lastUse().isBefore(leftBefore);
            if (unneeded && folder.locked(() -> removeFiles(oldest))) {
                total -= oldest.bytes();
                removed += oldest.hasEntry() ? 1 : 0;
            }
        }
        size.set(total);
        if (removed > 0) {
            LOG.info(
                    "The journal {} would be too large: {} answers that were used longest ago are removed",
                    folder,
                    removed);
        }
    }

    /** Returns all answers, those used longest ago first. */
    private List<Answer> answers() throws IOException {
        Map<String, List<Path>> parts = new HashMap<>();
        for (String name : folder.names()) {
            if (FILE.matcher(name).matches() && !isEntry(name)) {
                parts.computeIfAbsent(key(name), key -> new ArrayList<>()).add(folder.file(name));
            }
        }
        List<Answer> answers = new ArrayList<>();
        for (Map.Entry<String, List<Path>> answer : parts.entrySet()) {
            try {
                answers.add(answer(answer.getKey(), answer.getValue()));
            } catch (NoSuchFileException e) {
                LOG.debug("{} was removed just now", answer.getKey());
            }
        }
        answers.sort(Comparator.comparing(Answer::lastUse));
        return answers;
    }

    private Answer answer(String key, List<Path> parts) throws IOException {
        long bytes = 0;
        for (Path part : parts) {
            bytes += Files.size(part);
        }
        boolean hasEntry = Files.exists(folder.file(entry(key)));
        return new Answer(
                key,
                parts,
                bytes,
                hasEntry
                        ? lastUse(key)
                        : Files.getLastModifiedTime(parts.get(0)).toInstant(),
                hasEntry);
    }

    /** Removes an answer, unless it is used or its key is being worked on by now. */
    private boolean removeFiles(Answer answer) throws IOException {
        Path entry = folder.file(entry(answer.key()));
        try {
            if (EntryText.read(answer.key(), Files.readAllBytes(entry)).state() != State.RESULT
                    || lastUse(answer.key()).isAfter(answer.lastUse())) {
                return false;
            }
            Files.delete(entry);
        } catch (NoSuchFileException e) {
            LOG.debug("There is no entry for {}", answer.parts());
        } catch (UnreadableException e) {
            return false;
        }
        for (Path part : answer.parts()) {
            Files.deleteIfExists(part);
        }
        return true;
    }

    private Instant lastUse(String key) throws IOException {
        return Files.getLastModifiedTime(folder.file(entry(key))).toInstant();
    }

    private Path file(String key, String part) {
        return folder.file(key + "." + part);
    }

    /** The files of an answer. */
    private record Answer(String key, List<Path> parts, long bytes, Instant lastUse, boolean hasEntry) {}
}
