package com.example;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What a ledger says to somebody who reads it in a spreadsheet: of the lines with the same reference, the last one counts. */
record LedgerFigures(Collection<String[]> lines) {

    private static final int TIME = 0;
    private static final int CREDITS = 3;
    private static final int BILLED = 4;
    private static final int REFERENCE = 6;

    /** @param file with no commas in the names */
    static LedgerFigures read(Path file) throws IOException {
        Map<String, String[]> last = new LinkedHashMap<>();
        Files.readAllLines(file).stream()
                .skip(1)
                .map(line -> line.split(","))
                .forEach(line -> last.put(line[REFERENCE], line));
        return new LedgerFigures(last.values());
    }

    BigDecimal certain() {
        return credits("YES");
    }

    /** Also what is reserved. */
    BigDecimal uncertain() {
        return credits("UNKNOWN").add(credits("RESERVED"));
    }

    long linesUncertain() {
        return lines.stream().filter(line -> line[BILLED].equals("UNKNOWN")).count();
    }

    /** On which something was charged, or may have been. */
    Set<LocalDate> days(ZoneId zone) {
        Set<LocalDate> days = new TreeSet<>();
        lines.forEach(line -> days.add(Instant.parse(line[TIME]).atZone(zone).toLocalDate()));
        return days;
    }

    private BigDecimal credits(String billed) {
        return lines.stream()
                .filter(line -> line[BILLED].equals(billed))
                .map(line -> new BigDecimal(line[CREDITS]))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
