package io.github.cameldewatermark.client.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Makes texts fit for messages: short, printable, and without secrets. */
public final class SafeText {

    /** How much of an error body is read, in bytes. */
    static final int MAX_BODY = 8 * 1024;

    private static final int MAX_EXCERPT = 300;
    private static final String[] MESSAGES = {"message", "error", "detail"};
    // The query is optional, so that each text is scanned once: with a mandatory query, the search takes quadratic time
    // for http://http://…
    private static final Pattern URL = Pattern.compile("(?i)(https?://[^\\s?\"'<>]++)(\\?[^\\s\"'<>]*+)?");
    private static final Pattern SIGNATURE = Pattern.compile("(?i)(signature|credential|token|sig)=[^\\s&\"'<>\\\\]+");
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^\\p{Print}\\p{L}\\p{N}\\p{P}]+");

    private SafeText() {}

    /** Describes an exception by its class and, if it has one, its message. */
    static String describe(Throwable e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + clean(message, null));
    }

    /**
     * Returns the beginning of an error body as one printable line. Its form is not documented: JSON with a message, other JSON,
     * HTML, or nothing.
     *
     * @param secret is removed from the text; may be {@code null}
     */
    static String excerpt(byte[] body, String secret) {
        String message = message(body);
        return clean(message == null ? new String(body, StandardCharsets.UTF_8) : message, secret);
    }

    private static String message(byte[] body) {
        if (body.length == 0 || body[0] != '{') {
            return null;
        }
        try {
            JsonNode json = Json.tree(body);
            for (String field : MESSAGES) {
                if (json.path(field).isTextual()) {
                    return json.path(field).textValue();
                }
            }
        } catch (IOException e) {
            return null; // not JSON, or cut off at the limit, so the body is shown as it is
        }
        return null;
    }

    /**
     * Shortens a text, and removes secrets and unprintable characters.
     *
     * @param text   the text; may be {@code null}
     * @param secret is removed from the text; may be {@code null}
     */
    public static String clean(String text, String secret) {
        if (text == null) {
            return "";
        }
        String clean = URL.matcher(text).replaceAll(url -> url.group(2) == null ? "$0" : "$1?…");
        // also in URLs that the pattern above doesn't match, because they are escaped or relative
        clean = SIGNATURE.matcher(clean).replaceAll("$1=…");
        if (secret != null && !secret.isEmpty()) {
            // plain, in JSON with escaped slashes, and URL-encoded
            clean = clean.replace(secret, "…")
                    .replace(secret.replace("/", "\\/"), "…")
                    .replace(URLEncoder.encode(secret, StandardCharsets.UTF_8), "…");
        }
        clean = NOT_PRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.length() <= MAX_EXCERPT ? clean : clean.substring(0, MAX_EXCERPT) + "…";
    }
}
