package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.State;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries in a folder: a text file for each, named by its key, and the parts of its answer beside it. The last modification
 * of the file of an entry is its last use.
 */
final class EntryFiles {

    private static final Logger LOG = LoggerFactory.getLogger(EntryFiles.class);

    private static final String ENTRY = ".entry";
    private static final Pattern FILE = Pattern.compile("[0-9a-f]{64}\\.[a-z]+");

    private final DurableFolder folder;

    EntryFiles(DurableFolder folder) {
        this.folder = folder;
    }

    List<String> keys() throws IOException {
        return folder.names().stream()
                .filter(name -> FILE.matcher(name).matches() && name.endsWith(ENTRY))
                .map(EntryFiles::key)
                .toList();
    }

    Stream<Entry> all() throws IOException {
        return keys().stream().map(this::ifReadable).filter(Objects::nonNull);
    }

    private Entry ifReadable(String key) {
        try {
            return read(key);
        } catch (IOException e) {
            LOG.debug("{} is skipped", file(key), e);
            return null;
        }
    }

    Entry read(String key) throws IOException {
        Path file = file(key);
        if (Files.isSymbolicLink(file) || Files.isDirectory(file)) {
            throw new UnreadableException("it is not a regular file");
        }
        try {
            return EntryText.read(key, Files.readString(file), false);
        } catch (NoSuchFileException e) {
            return null;
        } catch (CharacterCodingException e) {
            throw new UnreadableException("it was altered");
        }
    }

    /** Whether the entry of a key still is as given, {@code null} if there was none. */
    boolean isStill(String key, Entry entry) throws IOException {
        try {
            return Objects.equals(read(key), entry);
        } catch (UnreadableException e) {
            return false;
        }
    }

    /** Writes an entry, if a condition is met while the folder is locked. Returns whether it was met. */
    boolean write(Entry entry, DurableFolder.Action<Boolean> condition) throws IOException {
        byte[] text = EntryText.write(entry, false).getBytes(StandardCharsets.UTF_8);
        return folder.replace(file(entry.key()), Content.of(entry.key(), text), condition);
    }

    /** Replaces a file that can't be read. Returns the entry that is there now. */
    Entry setAside(Entry replacement, UnreadableException reason) throws IOException {
        Path file = file(replacement.key());
        write(replacement, () -> {
            try {
                read(replacement.key());
                return false; // another process has been here before
            } catch (UnreadableException e) {
                Path aside = folder.setAside(file);
                LOG.warn(
                        "{} is not an entry of the journal, because {}. It was set aside as {}. What it stood for may have been"
                                + " charged, and won't be sent again automatically",
                        file,
                        reason.getMessage(),
                        aside.getFileName());
                return true;
            }
        });
        return read(replacement.key());
    }

    /** Returns the beginning of 1970 if it isn't known, as of an entry that was deleted meanwhile. */
    Instant lastUse(Entry entry) {
        return Instant.ofEpochMilli(file(entry.key()).toFile().lastModified());
    }

    void store(Entry result, Map<String, Content> parts) throws IOException {
        for (Map.Entry<String, Content> part : parts.entrySet()) {
            folder.replace(file(result.key(), part.getKey()), part.getValue(), () -> true);
        }
        write(result, () -> true);
    }

    /** Returns a part of an answer, which is used now. */
    Content part(Entry result, String part, long length, Instant now) throws IOException {
        Path file = file(result.key(), part);
        Content content = Content.of(file);
        if (content.length() != length) {
            throw new FileSystemException(file.toString(), null, "its length has changed");
        }
        Files.setLastModifiedTime(file(result.key()), FileTime.from(now));
        return content;
    }

    /** Deletes an entry, if it still is as given; to be called while the folder is locked. */
    boolean delete(Entry entry) throws IOException {
        if (!isStill(entry.key(), entry)) {
            return false;
        }
        Files.delete(file(entry.key())); // first: what is left of its parts belongs to nothing then
        for (String fact : entry.facts().keySet()) {
            if (fact.startsWith(Entry.LENGTH)) {
                Files.deleteIfExists(file(entry.key(), fact.substring(Entry.LENGTH.length())));
            }
        }
        folder.sync();
        return true;
    }

    /** Deletes the answers used longest ago, but for the newest, as far as all have more bytes than this. Returns how many. */
    int evict(long size) throws IOException {
        List<Answer> answers = all().filter(entry -> entry.state() == State.RESULT && entry.size() > 0)
                .map(entry -> new Answer(entry, lastUse(entry)))
                .sorted(Comparator.comparing(Answer::lastUse).reversed())
                .toList();
        long total = 0;
        int evicted = 0;
        for (Answer answer : answers) {
            boolean isNewest = total == 0;
            total += answer.entry().size();
            if (total > size && !isNewest && folder.locked(() -> isUnused(answer) && delete(answer.entry()))) {
                evicted++;
            }
        }
        return evicted;
    }

    private boolean isUnused(Answer answer) {
        return lastUse(answer.entry()).equals(answer.lastUse());
    }

    /** Deletes old temp files, and parts without an entry, which killed processes left; to be called while the folder is locked. */
    void deleteLeftovers(Instant lastUsedBefore) throws IOException {
        for (String name : folder.names()) {
            Path file = folder.file(name);
            boolean isPart = FILE.matcher(name).matches() && !name.endsWith(ENTRY);
            boolean isLeft = DurableFolder.isTemp(name) || isPart && !Files.exists(file(key(name)));
            if (isLeft && file.toFile().lastModified() < lastUsedBefore.toEpochMilli()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static String key(String fileName) {
        return fileName.substring(0, fileName.indexOf('.'));
    }

    private Path file(String key) {
        return folder.file(key + ENTRY);
    }

    private Path file(String key, String part) {
        return folder.file(key + "." + part);
    }

    private record Answer(Entry entry, Instant lastUse) {}
}
