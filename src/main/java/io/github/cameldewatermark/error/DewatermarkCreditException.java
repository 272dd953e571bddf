package io.github.cameldewatermark.error;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * There are too few credits: fewer than the option {@code minimumCredit} requires, or as many are spent as {@code maximumSpend}
 * allows, and nothing was sent; or the platform has refused a call and says so. Nothing was charged. Not retryable, because a
 * repeat fails in the same way until credits are bought, or time has passed.
 */
public class DewatermarkCreditException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    private final BigDecimal availableCredit;
    private final BigDecimal minimumCredit;
    private final DewatermarkServiceException refusal;
    private final BigDecimal neededCredit;
    private final Instant again;

    /**
     * @param what            what was to be sent, such as a file name
     * @param availableCredit the credits that are left, as far as is known
     * @param minimumCredit   the credits that the option requires
     */
    public DewatermarkCreditException(
            String operation, String what, BigDecimal availableCredit, BigDecimal minimumCredit) {
        super(
                operation,
                what + " was not sent, so nothing was charged: the account has " + Credits.text(availableCredit)
                        + ", and the option minimumCredit is "
                        + Credits.number(minimumCredit),
                Billed.NO,
                false,
                null);
        this.availableCredit = availableCredit;
        this.minimumCredit = minimumCredit;
        this.refusal = null;
        this.neededCredit = null;
        this.again = null;
    }

    /**
     * @param what         what was to be sent, such as a file name
     * @param why          which limit keeps it from being sent
     * @param neededCredit what it costs
     * @param again        when the limit allows that; {@code null} if it never does
     */
    public DewatermarkCreditException(
            String operation, String what, String why, BigDecimal neededCredit, Instant again) {
        super(operation, what + " was not sent, so nothing was charged: " + why, Billed.NO, false, null);
        this.availableCredit = null;
        this.minimumCredit = null;
        this.refusal = null;
        this.neededCredit = neededCredit;
        this.again = again;
    }

    /** @param refusal the answer of the platform. It isn't the cause, as an {@code onException} for it would apply then */
    public DewatermarkCreditException(DewatermarkServiceException refusal) {
        super(
                refusal.operation(),
                refusal.getMessage() + "; there are too few credits, so nothing was charged",
                Billed.NO,
                false,
                null);
        this.availableCredit = null;
        this.minimumCredit = null;
        this.refusal = refusal;
        this.neededCredit = null;
        this.again = null;
    }

    /** Returns the answer of the platform; {@code null} if nothing was sent. */
    public DewatermarkServiceException refusal() {
        return refusal;
    }

    /** Returns the credits that are left, less those reserved for calls under way; {@code null} if it isn't {@code minimumCredit} that keeps it. */
    public BigDecimal availableCredit() {
        return availableCredit;
    }

    /** Returns the credits that the option {@code minimumCredit} requires; {@code null} if it isn't that. */
    public BigDecimal minimumCredit() {
        return minimumCredit;
    }

    /** Returns the credits that it costs, as far as is known; {@code null} if it isn't {@code maximumSpend} that keeps it. */
    public BigDecimal neededCredit() {
        return neededCredit;
    }

    /** Returns when {@code maximumSpend} allows it; {@code null} if never, or if it isn't that. */
    public Instant again() {
        return again;
    }
}
