package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.Instant;

/**
 * A line of the ledger: something that was charged, or may have been.
 *
 * @param time      when it was sent
 * @param operation the operation, such as {@code erase}
 * @param name      the name of the file
 * @param credits   the price in credits; {@code null} if it isn't known
 * @param billed    whether it was charged for certain
 * @param id        the id of the event or task on the platform; empty if it isn't known
 * @param reference tells this attempt to pay from all others
 */
public record Charge(
        Instant time, String operation, String name, BigDecimal credits, Billed billed, String id, String reference) {

    Charge at(Instant next) {
        return new Charge(next, operation, name, credits, billed, id, reference);
    }

    public Charge in(Billed next) {
        return new Charge(time, operation, name, credits, next, id, reference);
    }

    /**
     * Returns this with what an earlier line about the same knows better: a price, or a later time, as a task has that of its upload.
     *
     * @param before {@code null} if there is none
     */
    public Charge following(Charge before) {
        if (before == null) {
            return this;
        }
        Instant latest = before.time.isAfter(time) ? before.time : time;
        return new Charge(latest, operation, name, credits == null ? before.credits : credits, billed, id, reference);
    }

    public Charge priced(BigDecimal price) {
        return new Charge(time, operation, name, price, billed, id, reference);
    }
}
