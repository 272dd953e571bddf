package io.github.cameldewatermark.client;

import io.github.cameldewatermark.error.DewatermarkOptionException;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which model of the platform cleans a picture.
 *
 * @param apiVersion  the version of the erase call: {@code v2} (the API document), {@code v3} (the vendor's later one, better
 *                    for high resolutions), or one that isn't known yet; {@code v1} for the PRO model
 * @param predictMode the value of {@code predict_mode}; {@code null} for the PRO model, which has none
 * @param pro         whether it is the PRO model, whose call takes nothing but a picture
 */
public record EraseModel(String apiVersion, String predictMode, boolean pro) {

    private static final String V2 = "v2";
    private static final String V3 = "v3";

    /** The values of {@code predict_mode}, by version. */
    private static final Map<String, Set<String>> MODES =
            Map.of(V2, Set.of("3.0", "old"), V3, Set.of("4.0", "3.0", "old"));

    /** A version becomes a part of a path. */
    private static final Pattern VERSION = Pattern.compile("v[0-9]{1,3}");

    private static final Pattern MODE = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    /** The model of the API document. */
    public static final EraseModel DEFAULT = of(V2, null, false);

    /**
     * Returns a model. Values that the vendor may have added since are taken, and {@linkplain #doubt doubted}.
     *
     * @param  predictMode                {@code null} for the default of the version: {@code 3.0} with {@code v2}, otherwise
     *                                    {@code 4.0}; {@code 2.0} is another name of {@code old}
     * @throws DewatermarkOptionException if a value can't be right, or doesn't fit another one
     */
    public static EraseModel of(String apiVersion, String predictMode, boolean pro) {
        String version = apiVersion.trim();
        require(
                VERSION.matcher(version).matches(),
                "apiVersion",
                "apiVersion must be v2, v3 or a later one such as v4, not '" + apiVersion + "'");
        if (pro) {
            require(
                    predictMode == null,
                    "predictMode",
                    "predictMode can't be set with pro=true: PRO is a model of its own");
            return new EraseModel("v1", null, true);
        }
        String mode = predictMode == null ? defaultMode(version) : predictMode.trim();
        require(
                MODE.matcher(mode).matches(),
                "predictMode",
                "predictMode must be such as 4.0, 3.0 or old (2.0), not '" + predictMode + "'");
        require(
                !version.equals(V2) || !mode.equals("4.0"),
                "predictMode",
                "predictMode=4.0 needs apiVersion=v3, and it is v2");
        return new EraseModel(version, mode.equals("2.0") ? "old" : mode, false);
    }

    private static String defaultMode(String version) {
        return version.equals(V2) ? "3.0" : "4.0";
    }

    /** Returns what isn't known about it, so that the platform may refuse it; {@code null} if all is known. */
    public String doubt() {
        if (pro) {
            return null;
        }
        if (!MODES.containsKey(apiVersion)) {
            return "apiVersion=" + apiVersion + " isn't known, only v2 and v3";
        }
        return MODES.get(apiVersion).contains(predictMode)
                ? null
                : "predictMode=" + predictMode + " isn't known for apiVersion=" + apiVersion;
    }

    private static void require(boolean condition, String option, String message) {
        if (!condition) {
            throw new DewatermarkOptionException(option, message);
        }
    }
}
