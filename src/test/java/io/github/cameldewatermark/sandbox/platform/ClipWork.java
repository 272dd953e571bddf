package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
import java.awt.Dimension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine at work, on few threads however many tasks there are. */
final class ClipWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClipWork.class);
    private static final int THREADS = 2;
    private static final int CLOSE_SECONDS = 10;

    private final ClipEngine engine;
    private final ObjectStore store;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, ClipWork::thread);
    private volatile boolean closed;

    ClipWork(ClipEngine engine, ObjectStore store) {
        this.engine = engine;
        this.store = store;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dewatermark-sandbox-clips");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Keeps what is to be erased from the upload of a task.
     *
     * @throws Refusal BAD_REQUEST: it isn't a PNG of the size of the clip
     */
    void keepBrush(String taskId, Path brush) throws IOException {
        Pictures.requirePng(brush, "mask_brush", size(taskId));
        store.keepBrush(taskId, brush);
    }

    private Dimension size(String taskId) {
        try {
            return engine.size(store.upload(taskId));
        } catch (IOException e) {
            return null; // not a clip, which the task will come to
        }
    }

    /** Cleans the upload of a task; then one of the two is told, but none if the sandbox closes meanwhile. */
    void start(String taskId, Consumer<CleanedClip> done, Consumer<String> failed) {
        pool.execute(() -> clean(taskId, done, failed));
    }

    private void clean(String taskId, Consumer<CleanedClip> done, Consumer<String> failed) {
        try {
            store.dropGrowingResult(taskId);
            CleanedClip clip = clean(taskId);
            if (closed) {
                return;
            }
            store.keepResult(taskId);
            done.accept(clip);
            store.deleteUpload(taskId);
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.info("The clip of task {} can't be processed: {}", taskId, e.toString());
                failed.accept("The video can't be processed");
            }
        } finally {
            dropRest(taskId);
        }
    }

    private CleanedClip clean(String taskId) throws IOException {
        Path upload = store.upload(taskId);
        Path result = store.growingResult(taskId);
        Path brush = store.brush(taskId);
        return Files.exists(brush)
                ? engine.clean(upload, Pictures.readMask(brush, "mask_brush"), result, progress -> {})
                : engine.clean(upload, result, progress -> {});
    }

    private void dropRest(String taskId) {
        try {
            store.dropGrowingResult(taskId);
        } catch (IOException e) {
            LOG.warn("What is left of the clip of task {} can't be deleted: {}", taskId, e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A clip is still being processed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
