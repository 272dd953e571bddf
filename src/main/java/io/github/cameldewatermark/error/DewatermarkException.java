package io.github.cameldewatermark.error;

/**
 * The superclass of all failures of this component. Each says whether something was charged, so that a route can decide by
 * the exception alone what to do.
 */
public abstract class DewatermarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Ends the message of what failed before anything was sent. */
    static final String NOTHING = ". Nothing was sent, nothing was charged.";

    private final String operation;
    private final Billed billed;
    private final boolean retryable;

    protected DewatermarkException(
            String operation, String message, Billed billed, boolean retryable, Throwable cause) {
        super(message, cause);
        this.operation = operation;
        this.billed = billed;
        this.retryable = retryable;
    }

    /** Returns the call or operation that failed, such as {@code erase} or {@code video submit}. */
    public String operation() {
        return operation;
    }

    /** Returns whether something was charged. */
    public Billed billed() {
        return billed;
    }

    /**
     * Whether a repeat can succeed without any change and causes no second charge. If {@code false}, a redelivery may be
     * charged again, or fail in the same way.
     */
    public boolean retryable() {
        return retryable;
    }
}
