package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.journal.folder.FolderJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads the folder of a {@link FolderJournal}, which may be in use. */
public final class JournalFiles {

    private JournalFiles() {}

    public static List<Entry> entries(Path folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        if (!Files.exists(folder)) {
            return entries;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = file.getFileName().toString();
                if (name.matches("[0-9a-f]{64}\\.entry")) {
                    try {
                        entries.add(EntryText.read(name.substring(0, 64), Files.readString(file), false));
                    } catch (NoSuchFileException e) {
                        // removed by its owner meanwhile
                    }
                }
            }
        }
        return entries;
    }

    public static List<State> states(Path folder) throws IOException {
        return entries(folder).stream().map(Entry::state).toList();
    }

    /** Makes all entries look as if they were last used long ago. */
    public static void age(Path folder, Duration by) throws IOException {
        for (Entry entry : entries(folder)) {
            Path file = folder.resolve(entry.key() + ".entry");
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(by)));
        }
    }
}
