package io.github.cameldewatermark.client.http;

import java.io.IOException;

/** The content to send can't be read, or its length has changed since the request was built. */
public final class UnreadableContentException extends IOException {

    private static final long serialVersionUID = 1L;

    public UnreadableContentException(String message, IOException cause) {
        super(message + "; nothing was charged", cause);
    }
}
