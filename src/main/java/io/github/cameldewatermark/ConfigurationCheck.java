package io.github.cameldewatermark;

import io.github.cameldewatermark.client.PredictMode;
import io.github.cameldewatermark.image.mask.MaskRegion;
import java.util.regex.Pattern;

/** Checks the options when a route starts, so that a mistake shows then and not with the first file. */
final class ConfigurationCheck {

    private static final Pattern ENCODED = Pattern.compile("%(2F|5C)", Pattern.CASE_INSENSITIVE);

    private ConfigurationCheck() {}

    /**
     * @throws IllegalArgumentException if an option is missing or wrong; the message names the option
     */
    static void check(DewatermarkConfiguration configuration) {
        if (configuration.getApiKey() == null || configuration.getApiKey().isBlank()) {
            throw new IllegalArgumentException("The option apiKey is missing: set it on the endpoint"
                    + " (dewatermark:...?apiKey={{key}}) or for all endpoints on the component"
                    + " (camel.component.dewatermark.api-key)");
        }
        PredictMode.of(configuration.getPredictMode());
        positive("pollInterval", configuration.getPollInterval());
        positive("taskTimeout", configuration.getTaskTimeout());
        positive("connectTimeout", configuration.getConnectTimeout());
        positive("responseTimeout", configuration.getResponseTimeout());
        if (configuration.getMaxThrottleWait() < 0) {
            throw new IllegalArgumentException("The option maxThrottleWait must not be negative");
        }
        if (!(configuration.getMinimumCredit() >= 0 && Double.isFinite(configuration.getMinimumCredit()))) {
            throw new IllegalArgumentException("The option minimumCredit must be a number of credits, at least 0, not "
                    + configuration.getMinimumCredit());
        }
        if (configuration.getMaxPollInterval() < configuration.getPollInterval()) {
            throw new IllegalArgumentException("The option maxPollInterval (" + configuration.getMaxPollInterval()
                    + " ms) must not be less than pollInterval (" + configuration.getPollInterval() + " ms)");
        }
        journal(configuration);
        brush(configuration);
    }

    private static void brush(DewatermarkConfiguration configuration) {
        if (configuration.getMaskRegion() == null) {
            return;
        }
        if (configuration.getMaskBrush() != null) {
            throw new IllegalArgumentException(
                    "Of the options maskBrush and maskRegion only one can be set: both say what is erased from every"
                            + " picture");
        }
        try {
            MaskRegion.parse(configuration.getMaskRegion());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option maskRegion is wrong: " + e.getMessage());
        }
    }

    private static void journal(DewatermarkConfiguration configuration) {
        positive("resultRetention", configuration.getResultRetention());
        try {
            ByteSize.parse(configuration.getJournalMaxSize());
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new IllegalArgumentException("The option journalMaxSize is wrong: " + e.getMessage());
        }
        if (configuration.getJournal() != null && configuration.getJournalDirectory() != null) {
            throw new IllegalArgumentException(
                    "Of the options journal and journalDirectory only one can be set: both say where it is remembered"
                            + " what is paid for");
        }
        // The step of a pipe passes a path URL-encoded unless it is in RAW(...). With %2F in place of its slashes,
        // the path would be the name of a new folder in the current directory.
        if (configuration.getJournalDirectory() != null
                && ENCODED.matcher(configuration.getJournalDirectory()).find()) {
            throw new IllegalArgumentException("The option journalDirectory is encoded as in a URL, "
                    + configuration.getJournalDirectory() + ": in the step of a pipe put it into RAW(...)");
        }
    }

    private static void positive(String option, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException("The option " + option + " must be more than 0 ms, not " + value);
        }
    }
}
