package io.github.cameldewatermark.file;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The rule for names that come from outside: from the listing of a folder or server, or as the key of an object. A name that
 * keeps it can be made a part of a path, key or header by any step. It is never evaluated as an expression, never leaves its
 * folder, and is short enough for every name that a route makes of it.
 *
 * <p>A name must not be an expression or a path in its percent-decoded form either, as something on the way may decode it.
 */
public final class NameRule {

    /**
     * The most bytes of a name in UTF-8. Nearly all file systems allow 255, and a route makes {@code .writing-NAME-12345678.jpg} of
     * a name.
     */
    public static final int MAX_NAME = 255 - ".writing--12345678.jpg".length();

    /** The most bytes of a key. S3 allows 1024, and a route makes {@code working/KEY/1234567890123} of a key. */
    public static final int MAX_KEY = 1000;

    /** The most bytes of a name that must never be too long, even where a file system allows only 143. */
    private static final int SHORT = 120;

    private static final int MAX_EXTENSION = 12;

    /** What Java reads where bytes aren't text in the encoding of a locale or connection. */
    private static final String UNREADABLE = "\uFFFD";

    /** Also characters that change the direction of a text. */
    private static final Pattern UNPRINTABLE =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\\u202A-\\u202E\\u2066-\\u2069]");

    /** Simple (<code>${</code> or <code>$simple{</code>), Spring (<code>#{</code>), property placeholders. */
    private static final Pattern EXPRESSION = Pattern.compile("(?i)\\$(simple|init)?\\{|#\\{|\\{\\{");

    private static final Pattern PARENT = Pattern.compile("(^|/)\\.{1,2}(/|$)");
    private static final Pattern ESCAPED = Pattern.compile("(%\\p{XDigit}{2})+");
    private static final Pattern UNSAFE = Pattern.compile("[^\\p{L}\\p{M}\\p{N} ._-]");

    private NameRule() {}

    /** Returns why a route must not use this name of a file, if so. */
    public static Optional<String> problem(String name) {
        return problem(name, MAX_NAME, false);
    }

    /** Returns why a route must not use this key of an object, if so. A key may contain slashes. */
    public static Optional<String> problemOfKey(String key) {
        String longest = Stream.of(key.split("/"))
                .max(Comparator.comparing(NameRule::bytes))
                .orElse("");
        if (bytes(longest) > MAX_NAME) {
            return Optional.of("a part of it is " + bytes(longest) + " bytes long, more than " + MAX_NAME);
        }
        return problem(key, MAX_KEY, true);
    }

    /** Returns this key, or a safe one if it breaks the rule. */
    public static String harmlessKey(String key) {
        return problemOfKey(key).isPresent() ? safe(key) : key;
    }

    private static Optional<String> problem(String name, int maxBytes, boolean slashes) {
        if (bytes(name) > maxBytes) {
            return Optional.of("it has " + bytes(name) + " bytes, more than " + maxBytes);
        }
        if (name.isBlank()) {
            return Optional.of("it is blank");
        }
        if (name.contains(UNREADABLE)) {
            return Optional.of("its character encoding differs from that of this process or server");
        }
        if (UNPRINTABLE.matcher(name).find()) {
            return Optional.of("it contains a character that can't be printed");
        }
        return meaning(name, slashes);
    }

    /** Returns what a name means to something that doesn't take it as it is, however often that decodes it. */
    private static Optional<String> meaning(String name, boolean slashes) {
        if (EXPRESSION.matcher(name).find()) {
            return Optional.of("it contains the start of an expression");
        }
        if (name.startsWith("/") || PARENT.matcher(name).find()) {
            return Optional.of("it points outside its folder");
        }
        if (name.contains("\\") || !slashes && name.contains("/")) {
            return Optional.of("it contains a slash or backslash");
        }
        String decoded = decode(name);
        return decoded.equals(name) ? Optional.empty() : meaning(decoded, slashes);
    }

    private static String decode(String name) {
        return ESCAPED.matcher(name).replaceAll(match -> {
            byte[] bytes = HexFormat.of().parseHex(match.group().replace("%", ""));
            return Matcher.quoteReplacement(new String(bytes, StandardCharsets.UTF_8));
        });
    }

    /**
     * Returns a name that keeps the rule, for a file or object that is set aside: what breaks the rule is replaced, and a hash
     * of the name is added, so that different names stay different. It is short.
     */
    public static String safe(String name) {
        String plain = UNSAFE.matcher(name).replaceAll("_").replaceAll("\\.{2,}", "_");
        if (plain.startsWith(".")) {
            plain = "_" + plain.substring(1);
        }
        int dot = plain.lastIndexOf('.');
        String extension = dot > 0 && plain.length() - dot <= MAX_EXTENSION ? plain.substring(dot) : "";
        String stem = plain.substring(0, plain.length() - extension.length());
        String end = "~" + hash(name) + extension;
        return start(stem, SHORT - bytes(end)) + end;
    }

    /** Returns this name or key, which keeps the rule, or a short form of it if it is long. */
    static String shortened(String name) {
        return bytes(name) <= SHORT ? name : safe(name);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Returns this name as text for a message or a log, with what can't be printed as {@code &#92;u000A}. */
    public static String printable(String name) {
        return UNPRINTABLE
                .matcher(name)
                .replaceAll(match -> String.format("\\\\u%04X", match.group().codePointAt(0)));
    }

    /** Returns as many whole characters as fit. */
    private static String start(String text, int maxBytes) {
        ByteBuffer bytes = ByteBuffer.allocate(maxBytes);
        CharBuffer chars = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(chars, bytes, true);
        return text.substring(0, chars.position());
    }

    private static String hash(String name) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
