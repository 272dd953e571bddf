package io.github.cameldewatermark.journal;

import java.util.HexFormat;

/**
 * Escapes arbitrary text for a journal: control characters and lone surrogates become {@code \\uXXXX}, and a backslash is
 * doubled. Different texts have different escaped forms.
 */
public final class JournalText {

    private JournalText() {}

    /** Escapes a text as one line, which stays as readable as the text. */
    public static String line(String text) {
        return escape(text, Character.MAX_CODE_POINT, Integer.MAX_VALUE);
    }

    /**
     * Escapes a text as one line of ASCII, so that it doesn't depend on how a database handles other characters.
     *
     * @param max the maximum length in characters; longer lines are cut off
     */
    public static String ascii(String text, int max) {
        return escape(text, 0x7e, max);
    }

    private static String escape(String text, int highest, int max) {
        StringBuilder escaped = new StringBuilder(Math.min(text.length() + 16, max));
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            String next = escape(c, highest);
            if (escaped.length() + next.length() > max) {
                break;
            }
            escaped.append(next);
            i += Character.charCount(c);
        }
        return escaped.toString();
    }

    private static String escape(int c, int highest) {
        if (c == '\\') {
            return "\\\\";
        }
        boolean plain = c <= highest && !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
        StringBuilder escaped = new StringBuilder(12);
        for (char unit : Character.toChars(c)) {
            escaped.append(plain ? String.valueOf(unit) : String.format("\\u%04x", (int) unit));
        }
        return escaped.toString();
    }

    /**
     * Returns the original of an escaped text.
     *
     * @throws IllegalArgumentException if it isn't an escaped text
     */
    public static String unescape(String escaped) {
        StringBuilder text = new StringBuilder(escaped.length());
        int i = 0;
        while (i < escaped.length()) {
            char c = escaped.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException("a control character");
            }
            if (c != '\\') {
                text.append(c);
                i++;
            } else if (escaped.startsWith("\\\\", i)) {
                text.append('\\');
                i += 2;
            } else if (escaped.startsWith("\\u", i) && i + 6 <= escaped.length()) {
                text.append((char) HexFormat.fromHexDigits(escaped, i + 2, i + 6));
                i += 6;
            } else {
                throw new IllegalArgumentException("a lone backslash");
            }
        }
        return text.toString();
    }
}
