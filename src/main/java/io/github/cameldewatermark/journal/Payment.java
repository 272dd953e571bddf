package io.github.cameldewatermark.journal;

import static io.github.cameldewatermark.journal.JournalFailures.tryTo;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** What the ledger is told about one attempt to pay: what is reserved, and once, what became of it. */
final class Payment {

    /** How long a reservation is as good as one that is made now. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Ledger ledger;
    private SpendingLimit limit;
    /** {@code null} without a limit. */
    private Charge reserved;

    private boolean isSettled;

    Payment(Ledger ledger) {
        this.ledger = ledger;
    }

    Ledger ledger() {
        return ledger;
    }

    /** @throws DewatermarkCreditException if the limit doesn't allow it */
    void reserve(SpendingLimit limit, Charge charge) {
        limit.reserve(ledger, charge);
        this.limit = limit;
        this.reserved = charge;
    }

    /**
     * What was held back since it was reserved, as by a rate limit, counts from now on: it may have made room for others.
     *
     * @throws DewatermarkCreditException if the limit doesn't allow it any more
     */
    void renew() {
        Instant now = Instant.now();
        if (reserved != null && reserved.time().plus(FRESH).isBefore(now)) {
            reserve(limit, reserved.at(now));
        }
    }

    /** Returns when it is paid. The ledger finds what is reserved by when that was. */
    Instant since(Instant unreserved) {
        return reserved == null ? unreserved : reserved.time();
    }

    void giveBack() {
        if (reserved != null) {
            settle(reserved.in(Billed.NO));
        }
    }

    void settle(Charge charge) {
        if (!isSettled) {
            isSettled = true;
            tryTo(charge.name(), "write the ledger", () -> ledger.charged(charge));
        }
    }

    /** Writes what somebody else may have written. Returns whether nobody has. */
    boolean writeOnce(Charge charge) {
        AtomicBoolean isNews = new AtomicBoolean();
        tryTo(charge.name(), "write the ledger", () -> isNews.set(ledger.chargedOnce(charge)));
        return isNews.get();
    }
}
