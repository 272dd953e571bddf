package io.github.cameldewatermark.client;

import java.io.IOException;

/** The content to send can't be read, or its length has changed since the request was built. */
final class UnreadableContentException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableContentException(String message, IOException cause) {
        super(message, cause);
    }
}
