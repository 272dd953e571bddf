package io.github.cameldewatermark.error;

import java.math.BigDecimal;

/** How messages, logs and reports name an amount of credits. */
public final class Credits {

    private Credits() {}

    /** Returns {@code 1 credit}, {@code 1.2 credits} or, if the amount isn't known, {@code unknown credits}. */
    public static String text(BigDecimal amount) {
        if (amount == null) {
            return "unknown credits";
        }
        String number = amount.stripTrailingZeros().toPlainString();
        return number.equals("1") ? "1 credit" : number + " credits";
    }
}
