package io.github.cameldewatermark.journal.folder;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
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

    /**
     * An entry, as far as its files tell without being read.
     *
     * @param size how many bytes the parts of its answer have
     */
    private record Listed(String key, Instant lastUse, long size) {}

    /** Returns all entries, the one used last first. */
    private List<Listed> list() throws IOException {
        Map<String, Instant> lastUses = new HashMap<>();
        Map<String, Long> sizes = new HashMap<>();
        folder.list((file, attributes) -> {
            if (isEntry(file)) {
                lastUses.put(key(file), attributes.lastModifiedTime().toInstant());
            } else if (isPart(file)) {
                sizes.merge(key(file), attributes.size(), Long::sum);
            }
        });
        return lastUses.keySet().stream()
                .map(key -> new Listed(key, lastUses.get(key), sizes.getOrDefault(key, 0L)))
                .sorted(Comparator.comparing(Listed::lastUse).reversed())
                .toList();
    }

    /** Returns the keys of all entries that have no answer here, and of those that are unused for so long. */
    List<String> unsettled(Instant lastUsedBefore) throws IOException {
        return list().stream()
                .filter(entry -> entry.size() == 0 || entry.lastUse().isBefore(lastUsedBefore))
                .map(Listed::key)
                .toList();
    }

    /** Returns all that can be read, the one used last first. */
    Stream<Entry> all() throws IOException {
        return list().stream().map(entry -> ifReadable(entry.key())).filter(Objects::nonNull);
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
        if (Files.isSymbolicLink(file) || Files.isDirectory(file)) { // else a link to nowhere would be no entry
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
        Path file = file(key);
        return entry == null
                ? !Files.exists(file)
                : Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes(entry));
    }

    /** Writes an entry, if a condition is met while the folder is locked. Returns whether it was met. */
    boolean write(Entry entry, DurableFolder.Action<Boolean> condition) throws IOException {
        return folder.replace(file(entry.key()), Content.of(entry.key(), bytes(entry)), condition);
    }

    private static byte[] bytes(Entry entry) {
        return EntryText.write(entry, false).getBytes(StandardCharsets.UTF_8);
    }

    /** Replaces a file that can't be read. Returns the entry that is there now. */
    Entry setAside(Entry replacement, UnreadableException reason) throws IOException {
        Path file = file(replacement.key());
        write(replacement, () -> {
            try {
                read(replacement.key());
                return false; // another process has been here before
            } catch (UnreadableException e) {
                Path aside = Files.move(file, file.resolveSibling(file.getFileName() + ".unreadable"), ATOMIC_MOVE);
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

    Content part(Entry result, String part, long length) throws IOException {
        Path file = file(result.key(), part);
        Content content = Content.of(file);
        if (content.length() != length) {
            throw new FileSystemException(file.toString(), null, "its length has changed");
        }
        return content;
    }

    void use(Entry result, Instant now) throws IOException {
        Files.setLastModifiedTime(file(result.key()), FileTime.from(now));
    }

    /** Deletes an entry, if it still is as given; to be called while the folder is locked. */
    void delete(Entry entry) throws IOException {
        if (isStill(entry.key(), entry)) {
            deleteFiles(entry);
            folder.sync();
        }
    }

    private void deleteFiles(Entry entry) throws IOException {
        Files.delete(file(entry.key())); // first: what is left of its parts belongs to nothing then
        for (String fact : entry.facts().keySet()) {
            if (fact.startsWith(Entry.LENGTH)) {
                Files.deleteIfExists(file(entry.key(), fact.substring(Entry.LENGTH.length())));
            }
        }
    }

    /** Deletes the answers used longest ago, but for the newest, as far as all have more bytes than this. Returns how many. */
    int evict(long size) throws IOException {
        List<Listed> answers = list().stream().filter(entry -> entry.size() > 0).toList();
        int evicted = 0;
        long total = 0;
        for (Listed answer : answers) {
            boolean isNewest = total == 0;
            total += answer.size();
            if (total > size && !isNewest && folder.locked(() -> deleteUnused(answer))) {
                evicted++;
            }
        }
        folder.sync();
        return evicted;
    }

    private boolean deleteUnused(Listed answer) throws IOException {
        Entry entry = ifReadable(answer.key());
        boolean isUnused = entry != null
                && entry.state() == State.RESULT
                && lastUse(entry).toEpochMilli() == answer.lastUse().toEpochMilli();
        if (isUnused) {
            deleteFiles(entry);
        }
        return isUnused;
    }

    /** Deletes old temp files, and parts without an entry, which killed processes left; to be called while the folder is locked. */
    void deleteLeftovers(Instant lastUsedBefore) throws IOException {
        List<Path> old = new ArrayList<>();
        folder.list((file, attributes) -> {
            boolean mayBeLeft = DurableFolder.isTemp(file.getFileName().toString()) || isPart(file);
            if (mayBeLeft && attributes.lastModifiedTime().toInstant().isBefore(lastUsedBefore)) {
                old.add(file);
            }
        });
        for (Path file : old) {
            if (!isPart(file) || !Files.exists(file(key(file)))) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static boolean isEntry(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(ENTRY) && FILE.matcher(name).matches();
    }

    private static boolean isPart(Path file) {
        String name = file.getFileName().toString();
        return !name.endsWith(ENTRY) && FILE.matcher(name).matches();
    }

    private static String key(Path file) {
        String name = file.getFileName().toString();
        return name.substring(0, name.indexOf('.'));
    }

    private Path file(String key) {
        return folder.file(key + ENTRY);
    }

    private Path file(String key, String part) {
        return folder.file(key + "." + part);
    }
}
