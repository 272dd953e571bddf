package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.platform.Cleaning.Cleaned;
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
final class TaskWork implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TaskWork.class);
    private static final int THREADS = 2;
    private static final int CLOSE_SECONDS = 10;

    private final Cleaning cleaning;
    private final ObjectStore store;
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS, TaskWork::thread);
    private volatile boolean closed;

    TaskWork(Cleaning cleaning, ObjectStore store) {
        this.cleaning = cleaning;
        this.store = store;
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dewatermark-sandbox-tasks");
        thread.setDaemon(true);
        return thread;
    }

    /** Cleans the upload of a task; then one of the two is told, but none if the sandbox closes meanwhile. */
    void start(String taskId, Consumer<Cleaned> done, Consumer<String> failed) {
        pool.execute(() -> clean(taskId, done, failed));
    }

    private void clean(String taskId, Consumer<Cleaned> done, Consumer<String> failed) {
        try {
            store.dropGrowingResult(taskId);
            Cleaned file = clean(taskId);
            if (closed) {
                return;
            }
            store.keepResult(taskId);
            done.accept(file);
            store.deleteUpload(taskId);
        } catch (IOException | RuntimeException e) {
            if (!closed) {
                LOG.info("The {} of task {} can't be processed: {}", cleaning.kind(), taskId, e.toString());
                failed.accept("The " + cleaning.kind() + " can't be processed");
            }
        } finally {
            dropRest(taskId);
        }
    }

    private Cleaned clean(String taskId) throws IOException {
        Path upload = store.upload(taskId);
        Path result = store.growingResult(taskId);
        Path brush = store.brush(taskId);
        return cleaning.clean(upload, Files.exists(brush) ? brush : null, result);
    }

    private void dropRest(String taskId) {
        try {
            store.dropGrowingResult(taskId);
        } catch (IOException e) {
            LOG.warn("What is left of the result of task {} can't be deleted: {}", taskId, e.toString());
        }
    }

    @Override
    public void close() {
        closed = true;
        pool.shutdownNow();
        try {
            if (!pool.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("A {} is still being processed", cleaning.kind());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
