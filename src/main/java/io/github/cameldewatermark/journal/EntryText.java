package io.github.cameldewatermark.journal;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An {@link Entry} as a small text that an operator can read, in the form of {@link Properties}. There is only one text for an
 * entry, and its key comes last. So a text that was cut off or altered isn't mistaken for an entry.
 */
public final class EntryText {

    private static final String VERSION = "1";
    private static final String FACT = "fact.";

    private EntryText() {}

    /** @param ascii whether other characters are escaped, so that it doesn't depend on how a database handles them */
    public static String write(Entry entry, boolean ascii) {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("version", VERSION);
        lines.put("state", entry.state().name());
        lines.put("operation", entry.operation());
        lines.put("name", entry.name());
        lines.put("since", entry.since().toString());
        lines.put("owner", entry.owner());
        new TreeMap<>(entry.facts()).forEach((fact, value) -> lines.put(FACT + fact, value));
        lines.put("key", entry.key());
        return lines.entrySet().stream()
                .map(line -> line.getKey() + "=" + value(line.getValue(), ascii) + "\n")
                .collect(Collectors.joining());
    }

    /** Properties skip the space at the beginning of a value, unless it is escaped. */
    private static String value(String text, boolean ascii) {
        String escaped = escape(text, ascii);
        return escaped.startsWith(" ") ? "\\u0020" + escaped.substring(1) : escaped;
    }

    /**
     * Returns the entry of a key.
     *
     * @param  ascii               as it was written
     * @throws UnreadableException if the text is no entry of this key; the message says why
     * @throws IOException         if another version of this component has written it
     */
    public static Entry read(String key, String text, boolean ascii) throws IOException {
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(text));
            String version = lines.getProperty("version");
            if (version != null && version.matches("\\d+") && !version.equals(VERSION)) {
                throw new IOException(
                        "the entry " + key + " was written by another version of camel-dewatermark (format " + version
                                + "): use that version, or another journal");
            }
            Entry entry = entry(lines);
            if (!entry.key().equals(key)) {
                throw new UnreadableException("its key does not match its name");
            }
            if (!write(entry, ascii).equals(text)) {
                throw new UnreadableException("it was altered");
            }
            return entry;
        } catch (NullPointerException | DateTimeException | IllegalArgumentException e) {
            throw new UnreadableException(text.isEmpty() ? "it is empty" : "it is incomplete or was altered");
        }
    }

    /** Throws any of several exceptions if something is missing or can't be read. */
    private static Entry entry(Properties lines) {
        Map<String, String> facts = new HashMap<>();
        for (String name : lines.stringPropertyNames()) {
            if (name.startsWith(FACT)) {
                facts.put(name.substring(FACT.length()), lines.getProperty(name));
            }
        }
        Entry entry = new Entry(
                lines.getProperty("key"),
                lines.getProperty("operation"),
                lines.getProperty("name"),
                State.valueOf(lines.getProperty("state")),
                lines.getProperty("owner"),
                Instant.parse(lines.getProperty("since")),
                facts);
        new BigDecimal(entry.facts().getOrDefault(Entry.CREDITS, "0"));
        entry.size();
        return entry;
    }

    /**
     * Escapes a text as one line, which stays as readable as the text: control characters and lone surrogates become
     * {@code \\uXXXX}, and a backslash is doubled.
     *
     * @param ascii whether all characters outside of ASCII are escaped
     */
    public static String escape(String text, boolean ascii) {
        return text.codePoints().mapToObj(c -> escape(c, ascii)).collect(Collectors.joining());
    }

    private static String escape(int c, boolean ascii) {
        if (c == '\\') {
            return "\\\\";
        }
        String plain = Character.toString(c);
        if (Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE || ascii && c > '~') {
            return plain.chars()
                    .mapToObj(unit -> String.format("\\u%04x", unit))
                    .collect(Collectors.joining());
        }
        return plain;
    }

    /** A text is no entry; the message says why. */
    public static final class UnreadableException extends IOException {
        private static final long serialVersionUID = 1L;

        public UnreadableException(String reason) {
            super(reason);
        }
    }
}
