package com.example.preflight;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkException;
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
    private final PaidContents journal;
    private final BatchProgress progress;
    private boolean stopped;
    private int begun;
    private int cleaned;
    private int failed;
    private int paid;
    private int paidEarlier;
    private BigDecimal credits = BigDecimal.ZERO;
    private BigDecimal creditsOfFailed = BigDecimal.ZERO;

    BatchFiles(Estimate estimate, CleanedContents list, PaidContents journal, BatchProgress progress) {
        this.estimate = estimate;
        this.list = list;
        this.journal = journal;
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
            credits = credits.add(charged(planned, price));
        }
        progress.done(planned);
    }

    /**
     * One more that could not be cleaned; or it could, but its clean file can't be written.
     *
     * @param price what the component says, if its result came
     */
    public void failed(
            @ExchangeProperty("planned") Planned planned,
            @Header("CamelDewatermarkCreditsCharged") BigDecimal price,
            @ExchangeProperty(Exchange.EXCEPTION_CAUGHT) Exception reason) {
        String text = planned.file().name() + ": " + reason.getMessage();
        Payment payment = payment(planned);
        boolean isPaid = payment == Payment.PAID || price != null || isCharged(reason);
        if (isPaid) {
            text += " - It is paid. " + whatIsNext(planned, payment);
        }
        synchronized (this) {
            failed++;
            if (isPaid && planned.payment() == Payment.PAID) {
                paidEarlier++;
            } else if (isPaid) {
                paid++;
                creditsOfFailed =
                        creditsOfFailed.add(price == null ? planned.cost().credits() : price);
            }
        }
        progress.println(TextReport.printable(text));
        progress.done(planned);
    }

    private static boolean isCharged(Exception reason) {
        return reason instanceof DewatermarkException failure && failure.billed() == Billed.YES;
    }

    private String whatIsNext(Planned planned, Payment payment) {
        if (payment != Payment.PAID) {
            return "Its result is not in the journal " + journal + ": to pay for it again, use --pay-again";
        }
        if (journal.hasUsableResult(planned.file())) {
            return "The next batch gets its result for nothing, by the journal " + journal;
        }
        return "What came is broken, and the next batch would get the same. To pay for it again, delete "
                + journal.entry(planned.file()) + " first";
    }

    /** Of a task that an earlier batch has paid, the component says the price, too. */
    private static BigDecimal charged(Planned planned, BigDecimal price) {
        return price == null || planned.payment() == Payment.PAID ? BigDecimal.ZERO : price;
    }

    private Payment payment(Planned planned) {
        try {
            return journal.payment(planned.file());
        } catch (IOException e) {
            return Payment.NONE; // the file can't be read any more, which is why it failed
        }
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
        if (paid > 0) {
            summary += ", %d of these paid (%s)".formatted(paid, Credits.text(creditsOfFailed));
        }
        if (paidEarlier > 0) {
            summary += ", %d of these paid by an earlier batch".formatted(paidEarlier);
        }
        int left = estimate.plan().size() - begun;
        return left == 0 ? summary : summary + ", stopped before " + left + " more";
    }
}
