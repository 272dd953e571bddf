package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.PredictMode;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.util.Locale;
import org.apache.camel.Message;

/**
 * The settings for one picture: the options of the endpoint, overridden by the headers of the message.
 *
 * @param removeText       whether text is removed, too
 * @param predictMode      the model
 * @param preserveMetadata whether the metadata of the original are copied to the result
 */
record EraseSettings(boolean removeText, PredictMode predictMode, boolean preserveMetadata) {

    static EraseSettings of(Message message, DewatermarkConfiguration configuration) {
        return new EraseSettings(
                removeText(message, configuration),
                predictMode(message, configuration),
                configuration.isPreserveMetadata());
    }

    private static boolean removeText(Message message, DewatermarkConfiguration configuration) {
        Object value = message.getHeader(DewatermarkConstants.REMOVE_TEXT);
        if (value == null) {
            return configuration.isRemoveText();
        }
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad(DewatermarkConstants.REMOVE_TEXT, "must be true or false");
        };
    }

    private static PredictMode predictMode(Message message, DewatermarkConfiguration configuration) {
        Object value = message.getHeader(DewatermarkConstants.PREDICT_MODE);
        try {
            return PredictMode.of(value == null ? configuration.getPredictMode() : value.toString());
        } catch (IllegalArgumentException e) {
            throw bad(DewatermarkConstants.PREDICT_MODE, "must be 3.0 or old (2.0)");
        }
    }

    private static DewatermarkInputException bad(String header, String problem) {
        return new DewatermarkInputException(
                "erase", "The header " + header + " " + problem + ". Nothing was sent, nothing was charged.");
    }
}
