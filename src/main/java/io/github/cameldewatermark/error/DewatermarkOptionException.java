package io.github.cameldewatermark.error;

/** An option is missing or wrong, so nothing can be started with it. The message names the option. */
public class DewatermarkOptionException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String option;

    public DewatermarkOptionException(String option, String message) {
        this(option, message, null);
    }

    /** @param option the option to be corrected; {@code null} if there is none of that name */
    public DewatermarkOptionException(String option, String message, Throwable cause) {
        super(message, cause);
        this.option = option;
    }

    /** Returns the name of the option to be corrected, such as {@code apiKey}; {@code null} if there is none. */
    public String option() {
        return option;
    }
}
