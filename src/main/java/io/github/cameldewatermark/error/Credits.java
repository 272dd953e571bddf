package io.github.cameldewatermark.error;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.stream.Stream;

/** Amounts of credits, and how messages, logs and reports name them. */
public final class Credits {

    private Credits() {}

    /** Returns {@code 1 credit}, {@code 1.2 credits} or, if the amount isn't known, {@code unknown credits}. */
    public static String text(BigDecimal amount) {
        if (amount == null) {
            return "unknown credits";
        }
        String number = number(amount);
        return number.equals("1") ? "1 credit" : number + " credits";
    }

    /** Returns {@code 1.2} for 1.20, and {@code 100} for 1E+2. */
    public static String number(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }

    /** Returns the least of those amounts that aren't {@code null}; {@code null} if there is none. */
    public static BigDecimal least(Stream<BigDecimal> amounts) {
        return amounts.filter(Objects::nonNull).min(BigDecimal::compareTo).orElse(null);
    }
}
