package io.github.cameldewatermark.client;

import io.github.cameldewatermark.error.DewatermarkOptionException;

/** The model that erases ({@code predict_mode}, section "Remove Watermark" of the API document). */
public enum PredictMode {
    /** For most cases; the server's default. */
    V3("3.0"),
    /** The model 2.0, best for emoji. */
    OLD("old");

    private final String wireName;

    PredictMode(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the value of {@code predict_mode} in requests. */
    public String wireName() {
        return wireName;
    }

    /**
     * Returns the model of a name.
     *
     * @param  name                       {@code 3.0}, {@code old} or {@code 2.0}, which is another name of {@code old}
     * @throws DewatermarkOptionException if it is none of these
     */
    public static PredictMode of(String name) {
        return switch (name.trim()) {
            case "3.0" -> V3;
            case "old", "2.0" -> OLD;
            default ->
                throw new DewatermarkOptionException(
                        "predictMode", "predictMode must be 3.0 or old (2.0), not '" + name + "'");
        };
    }
}
