package io.github.cameldewatermark.journal;

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
 */
public record SpendingLimit(BigDecimal credits, Duration period) {

    private static final int MINUTE = 60;
    private static final int HOUR = 60 * MINUTE;
    private static final int DAY = 24 * HOUR;

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,4})?)\\s*/\\s*(\\d{1,6})\\s*([smhd])");

    /** @throws IllegalArgumentException if the text is no limit; the message says what one looks like */
    public static SpendingLimit parse(String text) {
        Matcher parts = TEXT.matcher(text.trim().toLowerCase(Locale.ROOT));
        if (parts.matches()) {
            SpendingLimit limit = new SpendingLimit(
                    new BigDecimal(parts.group(1)), unit(parts.group(3)).multipliedBy(Long.parseLong(parts.group(2))));
            if (limit.credits.signum() > 0 && !limit.period.isZero()) {
                return limit;
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
            throw Claim.unusable(charge.operation(), charge.name(), e);
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
            throw Claim.unusable(operation, name, e);
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

    /** Returns the limit as in the option. */
    @Override
    public String toString() {
        long seconds = period.toSeconds();
        String time = seconds % DAY == 0
                ? seconds / DAY + "d"
                : seconds % HOUR == 0
                        ? seconds / HOUR + "h"
                        : seconds % MINUTE == 0 ? seconds / MINUTE + "m" : seconds + "s";
        return credits.toPlainString() + "/" + time;
    }

    private static Duration unit(String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(1);
            case "m" -> Duration.ofMinutes(1);
            case "h" -> Duration.ofHours(1);
            default -> Duration.ofDays(1);
        };
    }
}
