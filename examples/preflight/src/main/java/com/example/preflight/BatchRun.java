package com.example.preflight;

import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.journal.Journal;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;

/** Runs the batch route until all files are through, or Ctrl-C. */
final class BatchRun {

    /** The period of the spending limit: longer than any batch, so that nothing is forgotten that was spent meanwhile. */
    private static final Duration EVER = Duration.ofDays(10_000);

    /** The smallest limit that there is. */
    private static final BigDecimal LEAST = new BigDecimal("0.0001");

    private final Main camel;
    private final Journal journal;
    private final CountDownLatch over = new CountDownLatch(1);

    /** @param outbox where the clean files go */
    BatchRun(Main camel, Path outbox, Journal journal) {
        this.camel = camel;
        this.journal = journal;
        camel.addOverrideProperty("outbox", outbox.toString());
        camel.bind("journal", journal);
    }

    void pay(String apiKey, String baseUrl, Prices prices) {
        option("apiKey", apiKey);
        option("baseUrl", baseUrl);
        option("account", PaidContents.ACCOUNT);
        option("creditsPerPicture", prices.picture().toPlainString());
        option("creditsPerSecond", prices.second().toPlainString());
    }

    /** What earlier batches have spent comes on top, as the component counts all that is in the ledger. */
    void spendAtMost(BigDecimal credits) throws IOException {
        BigDecimal all = journal.ledger().spent(EVER).add(credits).setScale(LEAST.scale(), RoundingMode.CEILING);
        option("maximumSpend", all.max(LEAST).toPlainString() + "/" + EVER.toDays() + "d");
    }

    private void option(String name, String value) {
        camel.addOverrideProperty("camel.component.dewatermark." + name, value);
    }

    /**
     * Cleans the files.
     *
     * @param interrupted is run on Ctrl-C, while files are under way
     * @param ended       is run at the end, also after Ctrl-C
     */
    void clean(BatchFiles files, Runnable interrupted, Runnable ended) throws Exception {
        camel.bind("files", files);
        Thread interrupt = new Thread(() -> finish(files, interrupted));
        Runtime.getRuntime().addShutdownHook(interrupt);
        try {
            clean();
            ended.run();
        } finally {
            over.countDown();
            forget(interrupt);
        }
    }

    private void clean() throws Exception {
        camel.start();
        try {
            // comes back when the last file is through
            camel.getCamelTemplate().sendBody("direct:batch", "");
        } finally {
            camel.stop();
        }
    }

    /** What is under way is paid for, so it is waited for; nothing more is begun. */
    private void finish(BatchFiles files, Runnable interrupted) {
        files.stop();
        interrupted.run();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
