package com.example.preflight;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** An estimate as a table for people. */
final class TextReport {

    private final PrintWriter out;

    TextReport(PrintWriter out) {
        this.out = out;
    }

    /** @param balance the credits at hand, or {@code null} */
    void print(Estimate estimate, BigDecimal balance) {
        printTable(estimate);
        printRejects(estimate);
        printMaybePaid(estimate);
        if (balance != null) {
            printBalance(estimate.toClean(), balance);
        }
        out.flush();
    }

    private void printTable(Estimate estimate) {
        line("", "files", "seconds", "credits");
        line("pictures", estimate.pictures());
        line("clips", estimate.clips());
        if (estimate.unknownClips().files() > 0) {
            line(
                    "clips of unknown length",
                    String.valueOf(estimate.unknownClips().files()),
                    "?",
                    "?");
        }
        line("already cleaned", estimate.alreadyCleaned());
        line("duplicates", estimate.duplicates());
        if (estimate.alreadyPaid().files() > 0) {
            line("already paid", estimate.alreadyPaid());
        }
        if (!estimate.maybePaid().isEmpty()) {
            line("may have been charged", estimate.toPayAgain());
        }
        line("to clean with duplicates", estimate.toCleanWithDuplicates());
        line("to clean", estimate.toClean());
        int unknown = estimate.toClean().unknown();
        if (unknown > 0) {
            out.printf("%nTo clean are %d clips of unknown length, whose cost comes on top.%n", unknown);
        }
        if (estimate.others() > 0) {
            out.printf("%nOther files, left alone: %d%n", estimate.others());
        }
        if (!estimate.folderLinks().isEmpty()) {
            out.printf("%nLinks to folders, not followed: %s%n", printable(String.join(", ", estimate.folderLinks())));
        }
    }

    private void printRejects(Estimate estimate) {
        if (!estimate.rejects().isEmpty()) {
            out.printf(
                    "%nCan't be cleaned, and cost nothing: %d%n",
                    estimate.rejects().size());
            estimate.rejects().forEach(reject -> out.println("  " + printable(reject.reason())));
        }
    }

    private void printMaybePaid(Estimate estimate) {
        if (!estimate.maybePaid().isEmpty()) {
            out.printf(
                    "%nMay have been charged when a batch was cut off, and sent again only with --pay-again: %d%n",
                    estimate.maybePaid().size());
            estimate.maybePaid()
                    .forEach(planned ->
                            out.println("  " + printable(planned.file().name())));
        }
    }

    private void printBalance(Cost toClean, BigDecimal balance) {
        BigDecimal left = balance.subtract(toClean.credits());
        String amount = plain(left.abs());
        out.printf(
                "%nBalance %s: %s%n",
                plain(balance),
                left.signum() < 0
                        ? "too small by " + amount
                        : "enough" + (toClean.unknown() > 0 ? " for what is known" : "") + ", leaves " + amount);
    }

    private void line(String name, Cost cost) {
        line(
                name,
                String.valueOf(cost.files()),
                cost.seconds().signum() == 0 ? "" : plain(cost.seconds()),
                plain(cost.credits()) + (cost.unknown() > 0 ? " + ?" : ""));
    }

    private void line(String name, String files, String seconds, String credits) {
        out.printf(Locale.ROOT, "%-26s%10s%14s%16s%n", name, files, seconds, credits);
    }

    /** A file name may have line breaks, and worse for a terminal. */
    static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }
}
