package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.error.DewatermarkInputException;

/** Creates the exceptions for pictures that can't be sent. */
public final class Refusal {

    private static final String OPERATION = "erase";

    private Refusal() {}

    public static DewatermarkInputException of(String problem) {
        return of(problem, null);
    }

    public static DewatermarkInputException of(Content picture, String problem) {
        return of(picture, problem, null);
    }

    /** @param problem the rest of the message, which begins with the name of the picture */
    public static DewatermarkInputException of(Content picture, String problem, Throwable cause) {
        return of(picture.name() + " " + problem, cause);
    }

    static DewatermarkFormatException of(Content picture, PictureFormat format) {
        return new DewatermarkFormatException(
                OPERATION, picture.name() + " is " + format.description() + "; " + format.advice());
    }

    public static DewatermarkInputException cut(Content picture, PictureFormat format, Exception cause) {
        return of(
                picture,
                "is " + format.label()
                        + " that was cut short or is damaged; was it still being written? (option readLock of the consumer)",
                cause);
    }

    private static DewatermarkInputException of(String problem, Throwable cause) {
        return new DewatermarkInputException(OPERATION, problem, cause);
    }
}
