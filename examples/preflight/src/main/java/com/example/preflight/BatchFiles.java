package com.example.preflight;

import io.github.cameldewatermark.error.Credits;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeProperty;
import org.apache.camel.Header;

/** The files of a batch and what became of them: the bean {@code files} of the batch route. */
public final class BatchFiles {

    private final Estimate estimate;
    private final CleanedContents list;
    private final BatchProgress progress;
    private boolean stopped;
    private int begun;
    private int cleaned;
    private int failed;
    private BigDecimal credits = BigDecimal.ZERO;

    BatchFiles(Estimate estimate, CleanedContents list, BatchProgress progress) {
        this.estimate = estimate;
        this.list = list;
        this.progress = progress;
    }

    /** What is sent: of each content one file. */
    public List<Planned> list() {
        return estimate.plan();
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
    public String contentHash(Planned planned) throws IOException {
        return ContentHash.of(planned.file().path());
    }

    /**
     * The clean file is written.
     *
     * @param hash  of the content that was sent
     * @param price what the component says, if it does
     */
    public void cleaned(
            @ExchangeProperty("planned") Planned planned,
            @ExchangeProperty("contentHash") String hash,
            @Header("CamelDewatermarkCreditsCharged") BigDecimal price)
            throws IOException {
        list.add(hash);
        synchronized (this) {
            cleaned++;
            // of a task that an earlier batch has paid, the component says the price, too
            if (price != null && planned.payment() != Payment.PAID) {
                credits = credits.add(price);
            }
        }
        progress.done(planned);
    }

    /** One more that could not be cleaned. */
    public void failed(
            @ExchangeProperty("planned") Planned planned,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        synchronized (this) {
            failed++;
        }
        progress.println(TextReport.printable(planned.file().name() + ": " + reason.getMessage()));
        progress.done(planned);
    }

    /** What is under way, for who waits for it. */
    synchronized String underWay() {
        return "No more files are begun. Under way: " + (begun - cleaned - failed);
    }

    synchronized boolean allClean() {
        return failed == 0 && begun == estimate.plan().size() && estimate.cleansAll();
    }

    /** One line for people. */
    synchronized String summary() {
        String summary = "%d cleaned for %s, %d skipped, %d failed"
                .formatted(
                        cleaned,
                        Credits.text(credits),
                        estimate.alreadyCleaned().files()
                                + estimate.duplicates().files(),
                        failed
                                + estimate.rejects().size()
                                + estimate.maybePaid().size());
        int left = estimate.plan().size() - begun;
        return left == 0 ? summary : summary + ", stopped before " + left + " more";
    }
}
