package io.github.cameldewatermark.journal;

import static io.github.cameldewatermark.journal.JournalFailures.unusable;

import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How much may be spent in how long, such as {@code 200/1d}.
 *
 * @param credits what may be spent in any span of this length
 * @param text    the same as in the option
 */
public record SpendingLimit(BigDecimal credits, Duration period, String text) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)\\s*/\\s*(\\d{1,6})\\s*([SMHD])");

    /** @throws IllegalArgumentException if the text is no limit; the message says what one looks like */
    public static SpendingLimit parse(String text) {
        Matcher parts = TEXT.matcher(text.trim().toUpperCase(Locale.ROOT));
        if (parts.matches()) {
            BigDecimal credits = new BigDecimal(parts.group(1));
            String unit = parts.group(3);
            Duration period = Duration.parse((unit.equals("D") ? "P" : "PT") + parts.group(2) + unit);
            if (credits.signum() > 0 && !period.isZero()) {
                return new SpendingLimit(credits, period, text.trim());
            }
        }
        throw new IllegalArgumentException("'" + text
                + "' is not a number of credits and a time with the unit d, h, m or s," + " such as 200/1d or 20/1h");
    }

    /**
     * Reserves in a ledger what is about to be paid.
     *
     * @throws DewatermarkCreditException  if more would be spent than this allows
     * @throws DewatermarkStorageException if the ledger can't be used
     */
    void reserve(Ledger ledger, Charge charge) {
        try {
            check(charge.operation(), charge.name(), charge.credits(), ledger.reserve(charge, this));
        } catch (IOException e) {
            throw unusable(charge.operation(), charge.name(), e);
        }
    }

    /**
     * Checks whether something may be paid, without reserving it.
     *
     * @param  credits                     {@code null} if the price isn't known
     * @throws DewatermarkCreditException  if more would be spent than this allows
     * @throws DewatermarkStorageException if the ledger can't be used
     */
    public void require(Ledger ledger, String operation, String name, BigDecimal credits) {
        try {
            check(operation, name, credits, ledger.roomFor(credits, this));
        } catch (IOException e) {
            throw unusable(operation, name, e);
        }
    }

    private void check(String operation, String name, BigDecimal credits, Instant room) {
        if (room == null) {
            return;
        }
        BigDecimal needed = Spending.orLeast(credits);
        if (room.equals(Instant.MAX)) {
            String why =
                    "it costs " + Credits.text(needed) + ", and the option maximumSpend=" + this + " never allows that";
            throw new DewatermarkCreditException(operation, name, why, needed, null);
        }
        Instant again = room.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        String why = "the option maximumSpend=" + this + " allows no more now; there is room for it again at " + again;
        throw new DewatermarkCreditException(operation, name, why, needed, again);
    }

    @Override
    public String toString() {
        return text;
    }
}
