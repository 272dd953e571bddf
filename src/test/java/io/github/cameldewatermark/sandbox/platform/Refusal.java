package io.github.cameldewatermark.sandbox.platform;

/** The platform doesn't do what was asked; nothing was charged. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** Why, in the terms of the section "Errors". */
    public enum Reason {
        BAD_REQUEST,
        UNAUTHORIZED,
        PAYMENT_REQUIRED,
        FORBIDDEN,
        NOT_FOUND,
        GONE,
        TOO_MANY_REQUESTS
    }

    private final Reason reason;

    public Refusal(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(Reason.BAD_REQUEST, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(Reason.NOT_FOUND, message);
    }

    public Reason reason() {
        return reason;
    }
}
