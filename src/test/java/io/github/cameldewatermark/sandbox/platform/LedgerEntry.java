package io.github.cameldewatermark.sandbox.platform;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * Credits that moved.
 *
 * @param time      when
 * @param userId    whose: {@link Account#userId()}, as the ledger lies on disk and a key doesn't belong there
 * @param call      for what: {@link Call#ERASE} or {@link Call#SUBMIT}
 * @param reference the session of an erase call, the task of a video or a PDF
 * @param eventId   unique per charge of a picture; the task id otherwise
 * @param kind      in which direction
 * @param amount    how much, positive either way
 */
public record LedgerEntry(
        Instant time, String userId, Call call, String reference, String eventId, Kind kind, BigDecimal amount) {

    public enum Kind {
        CHARGE,
        REFUND
    }

    /** What the entry does to the balance. */
    public BigDecimal signedAmount() {
        return kind == Kind.CHARGE ? amount.negate() : amount;
    }
}
