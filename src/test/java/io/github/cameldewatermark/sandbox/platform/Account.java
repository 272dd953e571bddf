package io.github.cameldewatermark.sandbox.platform;

import java.math.BigDecimal;

/**
 * Whose key it is.
 *
 * @param userId  derived from the key, as {@code data.user_id} of the credit call
 * @param granted the credits that it started with and those that were bought since
 */
public record Account(String userId, BigDecimal granted) {}
