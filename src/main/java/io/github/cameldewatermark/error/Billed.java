package io.github.cameldewatermark.error;

/** Whether a call that failed was charged. */
public enum Billed {
    /** Nothing was charged, or what was charged has been refunded. */
    NO,
    /** The work was charged. If the failure is retryable, the result isn't lost: a repeat fetches it for free. */
    YES,
    /** The server may have done the work and charged for it; only the balance tells. */
    UNKNOWN
}
