package io.github.cameldewatermark.error;

/** What is known about the money of a call that failed. */
public enum Billed {
    /** Nothing was charged, or what was charged has been refunded. */
    NO,
    /** The work was charged. If the failure is retryable, it isn't lost: asking for it again is free. */
    YES,
    /** The server may have done the work and charged for it; only the balance tells. */
    UNKNOWN
}
