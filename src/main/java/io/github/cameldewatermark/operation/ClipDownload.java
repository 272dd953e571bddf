package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Download;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches the clip of one task. An attempt that breaks off is gone on from, also with another URL of the same task when
 * the first one has expired meanwhile.
 */
final class ClipDownload {

    private static final Logger LOG = LoggerFactory.getLogger(ClipDownload.class);

    private final DewatermarkClient client;
    private final CallDispatcher storage;
    private final Spool spool;
    private final Download download;

    ClipDownload(DewatermarkClient client, CallDispatcher storage, TempFolder tempFolder) {
        this.client = client;
        this.storage = storage;
        this.spool = new Spool(tempFolder, HeapShare.NONE);
        this.download = new Download(spool, spool::clear);
    }

    /**
     * @param task completed
     * @param look sees to the task again, for a new URL
     * @return     the whole clip; after a failure nothing is left of it
     */
    CompletableFuture<Spool> of(VideoTask task, Supplier<CompletableFuture<VideoTask>> look) {
        return fetch(task, look).thenApply(length -> spool).whenComplete((whole, error) -> {
            if (error != null) {
                spool.discard();
            }
        });
    }

    private CompletableFuture<Long> fetch(VideoTask task, Supplier<CompletableFuture<VideoTask>> look) {
        if (task.downloadUrl() == null) {
            return CompletableFuture.failedFuture(new IOException("it has no download URL"));
        }
        long before = download.kept();
        return storage.call(ApiCall.DOWNLOAD, () -> attempt(task), download::progress)
                .exceptionallyCompose(error -> isRefused(error) && download.kept() > before
                        ? look.get().thenCompose(again -> fetch(again, look)) // a URL that was good has expired
                        : CompletableFuture.failedFuture(error));
    }

    private long attempt(VideoTask task) {
        if (download.kept() > 0) {
            LOG.debug("The download of video task {} broke off and goes on at byte {}", task.taskId(), download.kept());
        }
        return client.download(task.downloadUrl(), download);
    }

    /** As storage refuses a URL that has expired. */
    private static boolean isRefused(Throwable error) {
        return Failures.cause(error) instanceof DewatermarkServiceException e
                && (e.status() == 400 || e.status() == 403);
    }
}
