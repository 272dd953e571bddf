package io.github.cameldewatermark.error;

import java.math.BigDecimal;

/**
 * There are fewer credits than the option {@code minimumCredit} asks for. Nothing was sent, nothing was charged. It isn't
 * retryable: a repetition fails in the same way until credits are bought.
 */
public class DewatermarkCreditException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final BigDecimal availableCredit;
    private final BigDecimal minimumCredit;

    /**
     * @param what            what was to be sent, such as a file name
     * @param availableCredit what is left, as far as is known
     * @param minimumCredit   the least that was to be left
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

    /** The credits that are left, less what is being spent. */
    public BigDecimal availableCredit() {
        return availableCredit;
    }

    /** The least that was to be left. */
    public BigDecimal minimumCredit() {
        return minimumCredit;
    }

    private static String text(BigDecimal credits) {
        return credits.stripTrailingZeros().toPlainString();
    }
}
