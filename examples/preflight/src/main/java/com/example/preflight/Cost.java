package com.example.preflight;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What files cost by the price list: 1 credit for a picture, 0.2 for a second of a clip.
 *
 * @param files   how many
 * @param unknown how many of them are clips that don't say how long they are; what they cost isn't in the credits
 * @param seconds the length of all clips
 * @param credits the price of all
 */
record Cost(int files, int unknown, BigDecimal seconds, BigDecimal credits) {

    static final Cost NONE = new Cost(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);
    static final Cost PICTURE = new Cost(1, 0, BigDecimal.ZERO, BigDecimal.ONE);

    private static final Cost UNKNOWN_CLIP = new Cost(1, 1, BigDecimal.ZERO, BigDecimal.ZERO);
    private static final BigDecimal CREDITS_PER_SECOND = new BigDecimal("0.2");
    private static final int CREDIT_DIGITS = 6;

    /** @param length in seconds, {@code null} if the clip doesn't say */
    static Cost clip(Double length) {
        if (length == null) {
            return UNKNOWN_CLIP;
        }
        BigDecimal seconds = BigDecimal.valueOf(length);
        return new Cost(
                1, 0, seconds, seconds.multiply(CREDITS_PER_SECOND).setScale(CREDIT_DIGITS, RoundingMode.HALF_UP));
    }

    Cost plus(Cost other) {
        return new Cost(
                files + other.files, unknown + other.unknown, seconds.add(other.seconds), credits.add(other.credits));
    }
}
