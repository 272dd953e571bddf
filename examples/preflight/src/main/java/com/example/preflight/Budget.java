package com.example.preflight;

import io.github.cameldewatermark.error.Credits;
import java.math.BigDecimal;

/**
 * What may be spent.
 *
 * @param limit up to which nobody is asked; {@code null} without a limit
 */
record Budget(BigDecimal limit) {

    boolean covers(Cost estimate) {
        return limit == null || estimate.credits().compareTo(limit) <= 0;
    }

    /** Returns what the batch may spend, once somebody has agreed to the estimate; {@code null} if nobody can tell. */
    BigDecimal most(Cost estimate) {
        if (limit != null && covers(estimate)) {
            return limit;
        }
        return estimate.unknown() > 0 ? null : estimate.credits();
    }

    /** What is asked, or refused, if the limit doesn't cover the estimate. */
    String excess(Cost estimate) {
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
