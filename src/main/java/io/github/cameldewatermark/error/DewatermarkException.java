package io.github.cameldewatermark.error;

/**
 * What all failures of this component have in common: they say what happened to the money, so that a route can decide
 * what to do by the exception alone.
 */
public abstract class DewatermarkException extends RuntimeException {

    private static final long serialVersionUID = 1L;

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

    /** The call or operation that failed, such as {@code erase} or {@code video submit}. */
    public String operation() {
        return operation;
    }

    /** What happened to the money. */
    public Billed billed() {
        return billed;
    }

    /**
     * Whether doing it again is free of a second charge and can succeed without anything being changed first. A
     * redelivery of an exception for which this is {@code false} may pay twice, or fail in the same way.
     */
    public boolean retryable() {
        return retryable;
    }
}
