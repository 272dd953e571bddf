package io.github.cameldewatermark.error;

/**
 * The body is of a kind that the operation doesn't take, whatever its name says: a HEIC, a text, a picture in place of a clip. A
 * route may convert it, or send it elsewhere. Nothing was sent, nothing was charged. Not retryable.
 */
public class DewatermarkFormatException extends DewatermarkInputException {

    private static final long serialVersionUID = 1L;

    public DewatermarkFormatException(String operation, String problem) {
        super(operation, problem);
    }
}
