package io.github.cameldewatermark.error;

import java.math.BigDecimal;

/**
 * There are fewer credits than the option {@code minimumCredit} requires. Nothing was sent, nothing was charged. Not
 * retryable, because a repeat fails in the same way until credits are bought.
 */
public class DewatermarkCreditException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final BigDecimal availableCredit;
    private final BigDecimal minimumCredit;

    /**
     * @param what            what was to be sent, such as a file name
     * @param availableCredit the credits that are left, as far as is known
     * @param minimumCredit   the credits that the option requires
     */
    public DewatermarkCreditException(
            String operation, String what, BigDecimal availableCredit, BigDecimal minimumCredit) {
        super(
                operation,
                what + " was not sent, so nothing was charged: " + text(availableCredit)
                        + " credits are left, and the option minimumCredit is " + text(minimumCredit),
                Billed.NO,
                false,
                null);
        this.availableCredit = availableCredit;
        this.minimumCredit = minimumCredit;
    }

    /** Returns the credits that are left, less those reserved for calls under way. */
    public BigDecimal availableCredit() {
        return availableCredit;
    }

    /** Returns the credits that the option {@code minimumCredit} requires. */
    public BigDecimal minimumCredit() {
        return minimumCredit;
    }

    private static String text(BigDecimal credits) {
        return credits.stripTrailingZeros().toPlainString();
    }
}
