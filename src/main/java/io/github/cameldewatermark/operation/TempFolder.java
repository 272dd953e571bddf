package io.github.cameldewatermark.operation;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;

/** The one folder of a component's temp files, made when the first is needed; only its owner can read it. */
public final class TempFolder implements AutoCloseable {

    private Path folder;

    /** A new empty file. */
    synchronized Path newFile() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            folder = Files.createTempDirectory("camel-dewatermark-");
        }
        return Files.createTempFile(folder, "spool-", ".tmp");
    }

    /** Deletes what is left. */
    @Override
    public synchronized void close() throws IOException {
        if (folder == null) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, IOException error) throws IOException {
                Files.deleteIfExists(directory);
                return FileVisitResult.CONTINUE;
            }
        });
        folder = null;
    }
}
