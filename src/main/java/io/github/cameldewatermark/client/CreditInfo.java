package io.github.cameldewatermark.client;

import java.math.BigDecimal;

/**
 * The balance (section "Tracking Credit Balance").
 *
 * @param availableCredit the credits left; fractional, as a second of video costs a part of a credit
 * @param userId          the id of the user that they belong to; may be {@code null}
 */
public record CreditInfo(BigDecimal availableCredit, String userId) {}
