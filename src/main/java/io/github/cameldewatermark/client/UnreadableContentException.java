package io.github.cameldewatermark.client;

import java.io.IOException;

/** The content to send can't be read, or isn't what it was when its length was taken. */
final class UnreadableContentException extends IOException {

    private static final long serialVersionUID = 1L;

    UnreadableContentException(String message, IOException cause) {
        super(message, cause);
    }
}
