package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.body.HeapShare;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Download;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Downloads the result of one task. A download that breaks off is continued where it stopped, if necessary with a new URL
 * for the same task after the first one has expired.
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
     * Downloads the clip.
     *
     * @param task the completed task
     * @param look asks for the status of the task again, which brings a new URL
     * @return     the whole clip; if it fails, what was downloaded is deleted
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
                .exceptionallyCompose(error -> ClipSubmission.isExpired(Failures.cause(error))
                                && download.kept() > before
                        ? look.get().thenCompose(again -> fetch(again, look)) // the URL did work, so it has expired
                        : CompletableFuture.failedFuture(error));
    }

    private long attempt(VideoTask task) {
        if (download.kept() > 0) {
            LOG.debug("The download of video task {} broke off and goes on at byte {}", task.taskId(), download.kept());
        }
        return client.download(task.downloadUrl(), download);
    }
}
