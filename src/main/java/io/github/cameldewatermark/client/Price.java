package io.github.cameldewatermark.client;

import io.github.cameldewatermark.error.Credits;
import java.math.BigDecimal;

/**
 * What something costs, and why.
 *
 * @param option  the option of the component that has the price
 * @param amount  how often that is paid, such as 1 for a picture, or 51 for a clip of 51 s
 * @param credits the price of all of it
 */
public record Price(String option, BigDecimal amount, BigDecimal credits) {

    static Price of(String option, BigDecimal amount, BigDecimal each) {
        return new Price(option, amount, plain(amount.multiply(each)));
    }

    /** Whatever the form of a number, it is shown as 0.2 and 10. */
    static BigDecimal plain(BigDecimal credits) {
        return new BigDecimal(Credits.number(credits));
    }
}
