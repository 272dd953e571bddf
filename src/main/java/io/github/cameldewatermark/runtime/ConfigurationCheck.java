package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.image.mask.MaskRegion;
import io.github.cameldewatermark.journal.SpendingLimit;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks the options when a route starts, so that a mistake shows then and not with the first file. */
public final class ConfigurationCheck {

    private static final Pattern ENCODED = Pattern.compile("%(2F|5C)", Pattern.CASE_INSENSITIVE);
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)B?", Pattern.CASE_INSENSITIVE);

    private ConfigurationCheck() {}

    /**
     * @throws DewatermarkOptionException if an option is missing or wrong
     */
    public static void check(DewatermarkConfiguration options) {
        require(
                options.getApiKey() != null && !options.getApiKey().isBlank(),
                "apiKey",
                "The option apiKey is missing: set it on the endpoint (dewatermark:...?apiKey={{key}}) or for all endpoints"
                        + " on the component (camel.component.dewatermark.api-key), for example to"
                        + " {{env:DEWATERMARK_API_KEY}}, which takes the environment variable DEWATERMARK_API_KEY");
        EraseModel.of(options.getApiVersion(), options.getPredictMode(), options.isPro());
        positive("pollInterval", options.getPollInterval());
        positive("taskTimeout", options.getTaskTimeout());
        positive("connectTimeout", options.getConnectTimeout());
        positive("responseTimeout", options.getResponseTimeout());
        require(
                options.getMaxThrottleWait() >= 0,
                "maxThrottleWait",
                "The option maxThrottleWait must not be negative");
        require(
                options.getMinimumCredit() >= 0 && Double.isFinite(options.getMinimumCredit()),
                "minimumCredit",
                "The option minimumCredit must be a number of credits, at least 0, not " + options.getMinimumCredit());
        readable("maximumSpend", options.getMaximumSpend(), SpendingLimit::parse);
        require(
                options.getMaxPollInterval() >= options.getPollInterval(),
                "maxPollInterval",
                "The option maxPollInterval (" + options.getMaxPollInterval()
                        + " ms) must not be less than pollInterval (" + options.getPollInterval() + " ms)");
        journal(options);
        require(
                options.getMaskRegion() == null || options.getMaskBrush() == null,
                "maskBrush",
                "Only one of the options maskBrush and maskRegion can be set: both say what is erased");
        readable("maskRegion", options.getMaskRegion(), MaskRegion::parse);
    }

    /**
     * Checks what only matters where pictures are cleaned, as the options may be those of the component.
     *
     * @throws DewatermarkOptionException if the PRO model is to get what it doesn't take
     */
    public static void checkErase(DewatermarkConfiguration options) {
        String wrong = options.isRemoveText()
                ? "removeText"
                : options.getMaskBrush() != null ? "maskBrush" : options.getMaskRegion() != null ? "maskRegion" : null;
        require(
                wrong == null || !options.isPro(),
                wrong,
                "The option " + wrong + " can't be set with pro=true: the PRO model takes only a picture");
    }

    private static void readable(String option, String value, Consumer<String> reader) {
        try {
            if (value != null) {
                reader.accept(value);
            }
        } catch (IllegalArgumentException e) {
            throw new DewatermarkOptionException(option, "The option " + option + " is wrong: " + e.getMessage());
        }
    }

    private static void journal(DewatermarkConfiguration options) {
        positive("resultRetention", options.getResultRetention());
        bytes(options.getJournalMaxSize());
        String directory = options.getJournalDirectory();
        require(
                options.getJournal() == null || directory == null,
                "journal",
                "Only one of the options journal and journalDirectory can be set: both say where to remember what is paid"
                        + " for");
        // The step of a pipe passes a path URL-encoded unless it is in RAW(...). With %2F in place of its slashes,
        // the path would be the name of a new folder in the current directory.
        require(
                directory == null || !ENCODED.matcher(directory).find(),
                "journalDirectory",
                "The option journalDirectory is URL-encoded, " + directory
                        + ": in a step of a pipe, put it into RAW(...)");
    }

    /** Returns how many bytes {@code journalMaxSize} is; a kilobyte has 1024, as in Camel's own options. */
    static long bytes(String journalMaxSize) {
        Matcher size = SIZE.matcher(journalMaxSize.trim());
        if (size.matches()) {
            long number = Long.parseLong(size.group(1));
            int power = " KMGT"
                    .indexOf((size.group(2) + " ").toUpperCase(Locale.ROOT).charAt(0));
            if (number > 0 && number <= Long.MAX_VALUE >> 10 * power) {
                return number << 10 * power;
            }
        }
        throw new DewatermarkOptionException(
                "journalMaxSize",
                "The option journalMaxSize is wrong: '" + journalMaxSize + "' is not a size such as 500MB or 2GB");
    }

    private static void positive(String option, long value) {
        require(value > 0, option, "The option " + option + " must be more than 0 ms, not " + value);
    }

    private static void require(boolean condition, String option, String message) {
        if (!condition) {
            throw new DewatermarkOptionException(option, message);
        }
    }
}
