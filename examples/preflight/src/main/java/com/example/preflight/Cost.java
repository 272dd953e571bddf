package com.example.preflight;

import io.github.cameldewatermark.client.Prices;
import java.math.BigDecimal;

/**
 * What files cost.
 *
 * @param files   how many
 * @param unknown how many of them are clips that don't say how long they are; what they cost isn't in the credits
 * @param seconds the length of all clips
 * @param credits the price of all
 */
record Cost(int files, int unknown, BigDecimal seconds, BigDecimal credits) {

    static final Cost NONE = new Cost(0, 0, BigDecimal.ZERO, BigDecimal.ZERO);

    private static final Cost UNKNOWN_CLIP = new Cost(1, 1, BigDecimal.ZERO, BigDecimal.ZERO);

    static Cost picture(Prices prices) {
        return new Cost(1, 0, BigDecimal.ZERO, prices.picture());
    }

    /** @param length in seconds, {@code null} if the clip doesn't say */
    static Cost clip(Double length, Prices prices) {
        if (length == null) {
            return UNKNOWN_CLIP;
        }
        return new Cost(1, 0, BigDecimal.valueOf(length), prices.ofClip(length).credits());
    }

    Cost plus(Cost other) {
        return new Cost(
                files + other.files, unknown + other.unknown, seconds.add(other.seconds), credits.add(other.credits));
    }
}
