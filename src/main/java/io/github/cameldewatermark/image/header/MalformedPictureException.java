package io.github.cameldewatermark.image.header;

import java.io.IOException;

/** A picture is damaged, or isn't of the format that its first bytes promise. */
public final class MalformedPictureException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedPictureException(String problem) {
        super(problem);
    }
}
