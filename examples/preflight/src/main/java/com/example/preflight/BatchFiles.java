package com.example.preflight;

import io.github.cameldewatermark.error.Credits;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files of a batch and what became of them: the bean {@code files} of the batch route. */
public final class BatchFiles {

    private static final Logger LOG = LoggerFactory.getLogger(BatchFiles.class);

    private final MediaFolder folder;
    private boolean stopped;
    private int found;
    private int begun;
    private int cleaned;
    private int failed;
    private BigDecimal credits = BigDecimal.ZERO;

    BatchFiles(MediaFolder folder) {
        this.folder = folder;
    }

    /** All pictures and clips, those that can't be cleaned, too. */
    public synchronized List<MediaFile> list() {
        MediaFolder.Listing listing = folder.list();
        listing.unreadable().forEach(reject -> LOG.error("{}", reject.reason()));
        found = listing.files().size() + listing.unreadable().size();
        begun = listing.unreadable().size();
        failed = listing.unreadable().size();
        return listing.files();
    }

    /** Asked once for each file: whether to go on with it. */
    public synchronized boolean begin() {
        if (!stopped) {
            begun++;
        }
        return !stopped;
    }

    /** No further file is begun; what is under way goes on. */
    public synchronized void stop() {
        stopped = true;
    }

    /** What makes two files the same. */
    public String contentHash(MediaFile file) throws IOException {
        return ContentHash.of(file.path());
    }

    /** @param price what the component says, if it does */
    public synchronized void cleaned(BigDecimal price) {
        cleaned++;
        if (price != null) {
            credits = credits.add(price);
        }
    }

    /** One more that could not be cleaned. */
    public synchronized void failed() {
        failed++;
    }

    synchronized boolean allClean() {
        return failed == 0 && begun == found;
    }

    /** One line for people. */
    synchronized String summary() {
        String summary = "%d cleaned for %s, %d skipped, %d failed"
                .formatted(cleaned, Credits.text(credits), begun - cleaned - failed, failed);
        return begun == found ? summary : summary + ", stopped before " + (found - begun) + " more";
    }
}
