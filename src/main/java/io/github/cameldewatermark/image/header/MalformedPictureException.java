package io.github.cameldewatermark.image.header;

import java.io.IOException;

/** A picture isn't what its first bytes promise, or a broken one. */
public final class MalformedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedPictureException(String problem) {
        super(problem);
    }
}
