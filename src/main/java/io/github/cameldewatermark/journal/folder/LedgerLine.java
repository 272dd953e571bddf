package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.EntryText;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A line of a ledger. The name of the file is between the first fields and these, and may have commas.
 *
 * @param credits {@code null} if they aren't known
 * @param billed  {@link #RESERVED}, or as in {@link Billed}
 */
record LedgerLine(Instant time, BigDecimal credits, String billed, String id, String reference) {

    static final String HEAD = "time,operation,file,credits,billed,id,reference\n";

    /** What is about to be paid for: another line says what became of it. */
    static final String RESERVED = "RESERVED";

    private static final String UNKNOWN_CREDITS = "unknown";
    private static final int FIELDS_AFTER_NAME = 4;

    static String write(Charge charge, String billed) {
        return Stream.of(
                        charge.time().toString(),
                        charge.operation(),
                        charge.name(),
                        charge.credits() == null
                                ? UNKNOWN_CREDITS
                                : charge.credits().toPlainString(),
                        billed,
                        charge.id(),
                        charge.reference())
                .map(LedgerLine::field)
                .collect(Collectors.joining(",", "", "\n"));
    }

    /** Returns {@code null} if it is no line of a ledger, as it was cut off for example. */
    static LedgerLine read(String line) {
        String[] fields = new String[FIELDS_AFTER_NAME];
        int end = line.length();
        for (int i = FIELDS_AFTER_NAME - 1; i >= 0; i--) {
            int comma = line.lastIndexOf(',', end - 1);
            if (comma < 0) {
                return null;
            }
            fields[i] = line.substring(comma + 1, end);
            end = comma;
        }
        try {
            Instant time = Instant.parse(line.substring(0, line.indexOf(',')));
            BigDecimal credits = fields[0].equals(UNKNOWN_CREDITS) ? null : new BigDecimal(fields[0]);
            return new LedgerLine(time, credits, fields[1], fields[2], fields[3]);
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** Returns the later line about the same, which may not know the price. */
    LedgerLine followedBy(LedgerLine next) {
        return next.credits() == null
                ? new LedgerLine(next.time(), credits, next.billed(), next.id(), reference)
                : next;
    }

    /** Whether it says of a charge all that is known. */
    boolean isAsCertainAs(Charge charge) {
        return charge.billed() == Billed.UNKNOWN
                ? !billed.equals(RESERVED)
                : billed.equals(charge.billed().name()) && id.equals(field(charge.id()));
    }

    /** Returns what it says; what is reserved may be charged. The name isn't read. */
    Charge charge() {
        Billed known = Stream.of(Billed.values())
                .filter(value -> value.name().equals(billed))
                .findFirst()
                .orElse(Billed.UNKNOWN);
        return new Charge(time, "", "", credits, known, id, reference);
    }

    /** A name that begins with one of these would be a formula to a spreadsheet. */
    static String field(String value) {
        String text = EntryText.escape(value, false);
        if (!text.isEmpty() && "=+-@\t".indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return text.matches("[\\w.:@-]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
