package io.github.cameldewatermark.error;

/**
 * There is no room for the result, or the journal can't be used. Nothing was sent and nothing was charged, because what is paid
 * for could not be kept or remembered. That is no fault of the message: the next one would fail in the same way.
 */
public class DewatermarkStorageException extends DewatermarkException {

    private static final long serialVersionUID = 1L;

    public DewatermarkStorageException(String operation, String problem, Throwable cause) {
        super(operation, problem + NOTHING, Billed.NO, true, cause);
    }
}
