package io.github.cameldewatermark.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Words for messages: bounded, printable, and free of secrets. */
final class Problems {

    /** As much of an error body as is read. */
    static final int MAX_BODY = 8 * 1024;

    private static final int MAX_EXCERPT = 300;
    // with and without a query, so that text is looked at once: a search for those with one is quadratic in
    // http://http://…
    private static final Pattern URL = Pattern.compile("(?i)(https?://[^\\s?\"'<>]++)(\\?[^\\s\"'<>]*+)?");
    private static final Pattern SIGNATURE = Pattern.compile("(?i)(signature|credential|token|sig)=[^\\s&\"'<>\\\\]+");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\p{Print}\\p{L}\\p{N}\\p{P}]+");

    private Problems() {}

    /** What went wrong, with the class where the message alone says too little. */
    static String describe(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + clean(message, null));
    }

    /**
     * A piece of an error body as one printable line.
     *
     * @param secret never appears in it; may be {@code null}
     */
    static String excerpt(byte[] body, String secret) {
        return clean(new String(body, StandardCharsets.UTF_8), secret);
    }

    /** @param text may be {@code null} */
    static String clean(String text, String secret) {
        if (text == null) {
            return "";
        }
        String clean = URL.matcher(text).replaceAll(url -> url.group(2) == null ? "$0" : "$1?…");
        // in a URL that is escaped or relative
        clean = SIGNATURE.matcher(clean).replaceAll("$1=…");
        if (secret != null && !secret.isEmpty()) {
            // as it is, in JSON with escaped slashes, and in a URL
            clean = clean.replace(secret, "…")
                    .replace(secret.replace("/", "\\/"), "…")
                    .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "…");
        }
        clean = NOT_PRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.length() <= MAX_EXCERPT ? clean : clean.substring(0, MAX_EXCERPT) + "…";
    }
}
