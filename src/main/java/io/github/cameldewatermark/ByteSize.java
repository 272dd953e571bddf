package io.github.cameldewatermark;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads sizes such as {@code 500MB}; a kilobyte has 1024 bytes, as in Camel's own options. */
final class ByteSize {

    private static final Pattern FORM = Pattern.compile("(\\d{1,12})\\s*([KMGT]?)B?", Pattern.CASE_INSENSITIVE);

    private ByteSize() {}

    /**
     * @throws IllegalArgumentException if it is no size
     */
    static long parse(String text) {
        Matcher size = FORM.matcher(text.trim());
        if (!size.matches() || Long.parseLong(size.group(1)) == 0) {
            throw new IllegalArgumentException("'" + text + "' is no size such as 500MB or 2GB");
        }
        int power =
                " KMGT".indexOf(size.group(2).isEmpty() ? " " : size.group(2).toUpperCase(Locale.ROOT));
        return Math.multiplyExact(Long.parseLong(size.group(1)), 1L << 10 * power);
    }
}
