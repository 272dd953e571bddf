package io.github.cameldewatermark.journal;

import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Where it is written down what was charged, what may have been, and what is about to be. */
public interface Ledger {

    /**
     * Writes that something is about to be paid for, if a limit allows that. It counts until one of the other methods says what
     * became of it. All who use the same ledger are counted together, in whichever process.
     *
     * @param  charge      with the reference that it has at its end, too
     * @return             when there will be room for it, {@link Instant#MAX} if never; {@code null} if it is written
     * @throws IOException if it isn't written, so that nothing may be paid for
     */
    Instant reserve(Charge charge, SpendingLimit limit) throws IOException;

    /**
     * Returns when there is room for a charge: {@code null} if there is now, {@link Instant#MAX} if there never is.
     *
     * @param credits {@code null} if they aren't known
     */
    Instant roomFor(BigDecimal credits, SpendingLimit limit) throws IOException;

    /** Returns the credits that were spent in the last while, may have been, or are reserved. */
    BigDecimal spent(Duration period) throws IOException;

    /** Returns the credits that were spent on each day since then, or may have been; nothing if that isn't known. */
    default NavigableMap<LocalDate, BigDecimal> perDay(LocalDate since, ZoneId zone) throws IOException {
        return new TreeMap<>();
    }

    /**
     * Writes a charge, unless the last line with its reference is as certain. That something has cost nothing is written only if
     * its reference has a line.
     *
     * @return whether it is written, and so is news
     */
    boolean chargedOnce(Charge charge) throws IOException;

    /** Writes a charge that is known to be new, which saves the lookup. */
    default void charged(Charge charge) throws IOException {
        chargedOnce(charge);
    }
}
