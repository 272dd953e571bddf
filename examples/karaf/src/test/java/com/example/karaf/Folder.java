package com.example.karaf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** A folder with an inbox and an outbox. */
record Folder(Path path) {

    private static final Path SAMPLES = Path.of(System.getProperty("samples"));

    /** Puts a sample into the inbox as if it had been there for a while: routes wait for files that may still be written. */
    void drop(String sample) throws IOException {
        Path file = SAMPLES.resolve(sample);
        Files.createDirectories(path.resolve("inbox"));
        Path elsewhere = Files.copy(file, path.resolve(file.getFileName()));
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(elsewhere, path.resolve("inbox").resolve(file.getFileName()));
    }

    /** The names of the files of a part, such as the outbox; not those that are being written. */
    List<String> files(String part) throws IOException {
        if (!Files.exists(path.resolve(part))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    /** All that is below a path. */
    static List<String> all(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(Path::toString).toList();
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
