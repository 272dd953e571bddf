package io.github.cameldewatermark.testkit;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The files of routes. */
public final class TestFiles {

    private TestFiles() {}

    /**
     * Puts a file into a folder, which is made if there is none. A route that polls it sees a whole file that has been there for
     * a while.
     */
    public static Path drop(Path file, byte[] content) throws IOException {
        Path folder = Files.createDirectories(file.getParent());
        Path hidden = Files.write(folder.resolve("." + file.getFileName()), content);
        Files.setLastModifiedTime(hidden, FileTime.from(Instant.now().minusSeconds(60)));
        return Files.move(hidden, file, ATOMIC_MOVE);
    }

    /** The names of the files in a folder, sorted. Consumers keep folders of their own in it. */
    public static List<String> names(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
