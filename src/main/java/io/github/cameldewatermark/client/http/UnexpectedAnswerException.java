package io.github.cameldewatermark.client.http;

import java.io.IOException;

/** An answer came as a whole, but isn't what was to be expected: not JSON, or without a field, or with a value that isn't known. */
public final class UnexpectedAnswerException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnexpectedAnswerException(String message) {
        super(message);
    }
}
