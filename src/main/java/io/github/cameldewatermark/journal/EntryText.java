package io.github.cameldewatermark.journal;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Writes and reads an {@link Entry} as a small text that an operator can read. Its key comes last, so that a text that was cut
 * off anywhere isn't mistaken for an entry.
 */
public final class EntryText {

    private static final String VERSION = "1";
    private static final String FACT = "fact.";

    private EntryText() {}

    public static byte[] write(Entry entry) {
        return text(entry, JournalText::line).getBytes(StandardCharsets.UTF_8);
    }

    /** Returns the same text in ASCII, so that it doesn't depend on how a database handles other characters. */
    public static String ascii(Entry entry) {
        return text(entry, value -> JournalText.ascii(value, Integer.MAX_VALUE));
    }

    private static String text(Entry entry, UnaryOperator<String> escape) {
        StringBuilder text = new StringBuilder();
        line(text, escape, "version", VERSION);
        line(text, escape, "state", entry.state().name());
        line(text, escape, "operation", entry.operation());
        line(text, escape, "name", entry.name());
        line(text, escape, "since", entry.since().toString());
        line(text, escape, "owner", entry.owner());
        new TreeMap<>(entry.facts()).forEach((fact, value) -> line(text, escape, FACT + fact, value));
        line(text, escape, "key", entry.key());
        return text.toString();
    }

    private static void line(StringBuilder text, UnaryOperator<String> escape, String name, String value) {
        text.append(name).append('=').append(escape.apply(value)).append('\n');
    }

    /**
     * Returns the entry of a key.
     *
     * @throws UnreadableException if the text is no entry of this key; the message says why
     * @throws IOException         if a newer version of this component has written it
     */
    public static Entry read(String key, byte[] content) throws UnreadableException, IOException {
        Map<String, String> values = values(content);
        String version = values.get("version");
        if (version != null && version.matches("\\d+") && !version.equals(VERSION)) {
            throw new IOException("the entry " + key + " was written by another version of camel-dewatermark (format "
                    + version + "): use that version, or another journal");
        }
        try {
            Map<String, String> facts = new HashMap<>();
            values.forEach((name, value) -> {
                if (name.startsWith(FACT)) {
                    facts.put(name.substring(FACT.length()), value);
                }
            });
            Entry entry = new Entry(
                    values.get("key"),
                    values.get("operation"),
                    values.get("name"),
                    State.valueOf(values.get("state")),
                    values.get("owner"),
                    Instant.parse(values.get("since")),
                    facts);
            new BigDecimal(entry.facts().getOrDefault(Entry.CREDITS, "0")); // throws if it was altered
            if (!entry.key().equals(key)) {
                throw new UnreadableException("its key is not the one it is named by");
            }
            return entry;
        } catch (NullPointerException | DateTimeException | IllegalArgumentException e) {
            throw new UnreadableException(content.length == 0 ? "it is empty" : "it is incomplete or was altered");
        }
    }

    private static Map<String, String> values(byte[] content) throws UnreadableException {
        try {
            Map<String, String> values = new HashMap<>();
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
            for (String line : text.split("\n")) {
                int separator = line.indexOf('=');
                if (separator >= 0) {
                    values.put(line.substring(0, separator), JournalText.unescape(line.substring(separator + 1)));
                }
            }
            return values;
        } catch (CharacterCodingException | IllegalArgumentException e) {
            throw new UnreadableException("it was altered");
        }
    }

    /** A text is no entry; the message says why. */
    public static final class UnreadableException extends Exception {
        private static final long serialVersionUID = 1L;

        public UnreadableException(String reason) {
            super(reason);
        }
    }
}
