package io.github.cameldewatermark.image;

import java.io.IOException;

/** A picture isn't what its first bytes promise, or a broken one. */
final class MalformedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    MalformedPictureException(String problem) {
        super(problem);
    }

    MalformedPictureException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
