package com.example.preflight;

import io.github.cameldewatermark.error.Credits;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What may be spent.
 *
 * @param limit     up to which nobody is asked; {@code null} without a limit
 * @param yes       whether to go on in spite of it, without a question
 * @param questions asks a question and returns the answer; {@code null} if nobody is there
 */
record Budget(BigDecimal limit, boolean yes, UnaryOperator<String> questions) {

    private static final Set<String> YES = Set.of("y", "yes");

    /** Whether to go on, which may be asked. */
    boolean isAgreedTo(Cost estimate, PrintWriter notes) {
        if (covers(estimate) || yes) {
            return true;
        }
        String excess = excess(estimate);
        if (questions == null) {
            notes.println(excess + " Nothing was sent. With --yes, the batch goes on.");
            return false;
        }
        String answer = questions.apply(excess + " Go on? [y/N] ");
        boolean agreed = answer != null && YES.contains(answer.trim().toLowerCase(Locale.ROOT));
        if (!agreed) {
            notes.println("Nothing was sent.");
        }
        return agreed;
    }

    /** Returns what may be spent once this is agreed to; {@code null} if nobody can tell. */
    BigDecimal most(Cost estimate) {
        if (limit != null && covers(estimate)) {
            return limit;
        }
        return estimate.unknown() > 0 ? null : estimate.credits();
    }

    private boolean covers(Cost estimate) {
        return limit == null || estimate.credits().compareTo(limit) <= 0;
    }

    private String excess(Cost estimate) {
        String unknown =
                switch (estimate.unknown()) {
                    case 0 -> "";
                    case 1 -> ", and a clip of unknown length on top";
                    default -> ", and " + estimate.unknown() + " clips of unknown length on top";
                };
        return "This costs %s%s, more than the limit of %s."
                .formatted(
                        Credits.text(estimate.credits()),
                        unknown,
                        limit.stripTrailingZeros().toPlainString());
    }
}
