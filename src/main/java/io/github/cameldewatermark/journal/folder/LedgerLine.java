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
 * A line of a ledger. The name of the file is between the first fields and the others, and may have commas.
 *
 * @param charge     what it says, but for the operation and the name, which aren't read
 * @param isReserved whether it is about to be paid for, so that another line says what became of it
 */
record LedgerLine(Charge charge, boolean isReserved) {

    static final String HEAD = "time,operation,file,credits,billed,id,reference\n";

    private static final String RESERVED = "RESERVED";
    private static final String UNKNOWN_CREDITS = "unknown";
    private static final int FIELDS_AFTER_NAME = 4;

    String text() {
        return Stream.of(
                        charge.time().toString(),
                        charge.operation(),
                        charge.name(),
                        charge.credits() == null
                                ? UNKNOWN_CREDITS
                                : charge.credits().toPlainString(),
                        isReserved ? RESERVED : charge.billed().name(),
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
            Charge charge = new Charge(time, "", "", credits, billed(fields[1]), fields[2], fields[3]);
            return new LedgerLine(charge, fields[1].equals(RESERVED));
        } catch (DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** What is reserved, or is said in a word of another version, may have been charged. */
    private static Billed billed(String word) {
        return Stream.of(Billed.values())
                .filter(value -> value.name().equals(word))
                .findFirst()
                .orElse(Billed.UNKNOWN);
    }

    /** Whether it says of a charge all that is known. */
    boolean isAsCertainAs(Charge other) {
        return other.billed() == Billed.UNKNOWN
                ? !isReserved
                : other.billed() == charge.billed() && field(other.id()).equals(charge.id());
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
