package io.github.cameldewatermark.image.header;

import java.io.IOException;

/** A picture is whole, but of a kind that can't become a JPEG in good faith. The message goes on from its name. */
public final class RefusedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public RefusedPictureException(String problem) {
        super(problem);
    }
}
