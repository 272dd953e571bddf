package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of one kind of tasks, and their brushes: a clip is never in memory. */
public final class ObjectStore {

    private final TaskKind kind;
    private final DataFolder data;
    private final Path uploads;
    private final Path brushes;
    private final Path results;

    ObjectStore(TaskKind kind, DataFolder data) throws IOException {
        this.kind = kind;
        this.data = data;
        this.uploads = data.folder(kind.folder("uploads"));
        this.brushes = data.folder(kind.folder("brushes"));
        this.results = data.folder(kind.folder("results"));
    }

    /**
     * Keeps an upload. It is there only when it is complete: a request that breaks off leaves what was there before.
     *
     * @param expected length that was announced, or -1
     */
    public void putUpload(String taskId, InputStream body, long expected) throws IOException {
        Path part = Files.createTempFile(data.work(), taskId, ".part");
        try {
            long length = Files.copy(body, part, StandardCopyOption.REPLACE_EXISTING);
            if (expected >= 0 && length != expected) {
                throw new IOException("The upload broke off after " + length + " of " + expected + " bytes");
            }
            move(part, upload(taskId));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    boolean hasUpload(String taskId) {
        return Files.exists(upload(taskId));
    }

    Path upload(String taskId) {
        return uploads.resolve(taskId);
    }

    void deleteUpload(String taskId) throws IOException {
        Files.deleteIfExists(upload(taskId));
        Files.deleteIfExists(brush(taskId));
    }

    void keepBrush(String taskId, Path png) throws IOException {
        Files.copy(png, brush(taskId), StandardCopyOption.REPLACE_EXISTING);
    }

    /** What is to be erased from an upload; doesn't exist if its task was submitted without a brush. */
    Path brush(String taskId) {
        return brushes.resolve(taskId + ".png");
    }

    /** Where an engine may write; the ending tells it what kind of file is wanted. */
    Path growingResult(String taskId) throws IOException {
        return data.work().resolve(taskId + kind.ending());
    }

    void keepResult(String taskId) throws IOException {
        move(growingResult(taskId), result(taskId));
    }

    void dropGrowingResult(String taskId) throws IOException {
        Files.deleteIfExists(growingResult(taskId));
    }

    /** The cleaned file; exists once the task is completed. */
    public Path result(String taskId) {
        return results.resolve(taskId + kind.ending());
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
