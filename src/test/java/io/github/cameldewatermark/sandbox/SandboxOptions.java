package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.platform.Prices;
import java.math.BigDecimal;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * The command line of {@link SandboxMain}, read into a builder.
 *
 * @param help    whether to explain rather than to start
 * @param builder what to start
 */
record SandboxOptions(boolean help, SandboxBuilder builder) {

    static final String USAGE = """
            Usage: sandbox [options]
              --port N             where to listen on 127.0.0.1 (default 0: any free port)
              --api-key KEY        the key that clients send (default sandbox-key)
              --credits N          the credits it starts with (default 1000)
              --prices P,R,S,T     credits for a picture, a PRO picture, a second of video and 10 pages of a PDF
                                   (default 1,3,0.2,1; T may be left out)
              --no-credit-status N what a paid call without credits is answered with: 402, 403 or 429
                                   (default 403, and 429 if the credits don't suffice for a PDF)
              --rate-limit N       requests that the key has in a second, the others get 429 (default: any number)
              --task-speed X       seconds of video, or pages, processed in a second (default 1.5)
              --task-duration S    seconds that every video or PDF takes, instead of a speed
              --data-dir DIR       where to keep tasks, sessions and credits for the next start
              --clips ENGINE       ffmpeg: take the watermark out (default); unchanged: give clips back as they came
              --help               this text
            """;

    private static final int HIGHEST_PORT = 65_535;
    private static final double MILLIS = 1000;

    /**
     * @throws IllegalArgumentException an option is unknown or its value is wrong; the message is for the user
     */
    static SandboxOptions parse(List<String> args) {
        SandboxBuilder builder = new SandboxBuilder();
        String key = SandboxBuilder.DEFAULT_API_KEY;
        BigDecimal credits = BigDecimal.valueOf(SandboxBuilder.DEFAULT_CREDITS);
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--help")) {
                return new SandboxOptions(true, builder);
            }
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            if (!name.startsWith("--")) {
                throw new IllegalArgumentException("Unexpected argument: " + word);
            }
            switch (name) {
                case "--api-key" -> key = value(word, words);
                case "--credits" -> credits = number(name, value(word, words));
                case "--prices" -> builder.prices(prices(value(word, words)));
                case "--no-credit-status" -> builder.noCreditStatus(count(name, value(word, words)));
                case "--port" -> builder.port(port(value(word, words)));
                case "--rate-limit" -> builder.rateLimit(count(name, value(word, words)));
                case "--task-speed" -> builder.taskSpeed(positive(name, value(word, words)));
                case "--task-duration" -> builder.taskDuration(seconds(name, value(word, words)));
                case "--data-dir" -> builder.dataDir(path(name, value(word, words)));
                case "--clips" -> clips(builder, value(word, words));
                default -> throw new IllegalArgumentException("Unknown option: " + name);
            }
        }
        return new SandboxOptions(false, builder.apiKey(key, credits));
    }

    private static String value(String word, Iterator<String> words) {
        int equals = word.indexOf('=');
        if (equals < 0 && !words.hasNext()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        String value = equals < 0 ? words.next() : word.substring(equals + 1);
        if (value.isEmpty()) {
            throw new IllegalArgumentException(word + " needs a value");
        }
        return value;
    }

    private static BigDecimal number(String name, String value) {
        try {
            BigDecimal number = new BigDecimal(value);
            if (number.signum() >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, in our words
        }
        throw new IllegalArgumentException(name + " must be a number that isn't negative: " + value);
    }

    private static Prices prices(String value) {
        String[] prices = value.split(",", -1);
        if (prices.length != 3 && prices.length != 4) {
            throw new IllegalArgumentException("--prices must be three numbers or four, such as 1,3,0.2,1: " + value);
        }
        return new Prices(
                number("--prices", prices[0]),
                number("--prices", prices[1]),
                number("--prices", prices[2]),
                prices.length == 3 ? Prices.OF_THE_DOCUMENT.tenPages() : number("--prices", prices[3]));
    }

    private static double positive(String name, String value) {
        double number = number(name, value).doubleValue();
        if (number <= 0) {
            throw new IllegalArgumentException(name + " must be more than 0: " + value);
        }
        return number;
    }

    private static int count(String name, String value) {
        if (!value.matches("\\d{1,9}") || Integer.parseInt(value) == 0) {
            throw new IllegalArgumentException(name + " must be a whole number of at least 1: " + value);
        }
        return Integer.parseInt(value);
    }

    private static Duration seconds(String name, String value) {
        return Duration.ofMillis(Math.round(number(name, value).doubleValue() * MILLIS));
    }

    private static int port(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > HIGHEST_PORT) {
            throw new IllegalArgumentException("--port must be 0 to " + HIGHEST_PORT + ": " + value);
        }
        return Integer.parseInt(value);
    }

    private static Path path(String name, String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(name + " must be a folder: " + value, e);
        }
    }

    private static void clips(SandboxBuilder builder, String value) {
        switch (value.toLowerCase(Locale.ROOT)) {
            case "ffmpeg" -> builder.clipEngine(DefaultEngines.clips());
            case "unchanged" -> builder.clipEngine(DefaultEngines.unchangedClips());
            default -> throw new IllegalArgumentException("--clips must be ffmpeg or unchanged: " + value);
        }
    }
}
