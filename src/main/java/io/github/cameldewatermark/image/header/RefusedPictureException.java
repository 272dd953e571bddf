package io.github.cameldewatermark.image.header;

import java.io.IOException;

/** A picture is intact, but can't be converted faithfully. The message is to be preceded by the name of the picture. */
public final class RefusedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedPictureException(String problem) {
        super(problem);
    }
}
