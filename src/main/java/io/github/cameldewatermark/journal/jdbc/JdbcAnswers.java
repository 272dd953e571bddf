package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The answers in a {@link JdbcJournal}: pieces of 256 kB, of which one at a time is in memory, as the {@code bytea} of PostgreSQL
 * isn't streamed.
 */
final class JdbcAnswers {

    /** The fact that tells the pieces of an answer from those of an earlier answer for the same key. */
    private static final String ATTEMPT = "attempt";

    /** How many bytes a piece has, but for the last one. */
    private static final int PIECE = 256 * 1024;

    /** How long what was replaced can be read at least. */
    private static final Duration REPLACED = Duration.ofHours(1);

    private final Jdbc jdbc;
    private final Duration retention;

    JdbcAnswers(Jdbc jdbc, Duration retention) {
        this.jdbc = jdbc;
        this.retention = retention;
    }

    /** Returns the condition that an entry is an answer that is out of date, in SQL. */
    String expired() {
        return "STATE = 'RESULT' AND LAST_USE < " + Jdbc.fromNow(retention.negated());
    }

    /** Inserts an entry, with what SQL has to know of it. Returns whether there was none. */
    static boolean insert(Jdbc.Session session, Entry entry) throws SQLException {
        if (session.exists("{ENTRY} WHERE ENTRY_KEY = ?", entry.key())) {
            return false;
        }
        session.update(
                "INSERT INTO {ENTRY} (ENTRY_KEY, STATE, OWNER, ENTRY, ATTEMPT, BYTES, LAST_USE)"
                        + " VALUES (?, ?, ?, ?, ?, ?, CURRENT_TIMESTAMP)",
                entry.key(),
                entry.state().name(),
                entry.owner(),
                EntryText.write(entry, true),
                entry.fact(ATTEMPT),
                entry.size());
        return true;
    }

    /** Stores an answer, all of it or nothing. Returns the entry that is there now, {@code null} if there is another answer. */
    Entry store(Entry result, Map<String, Content> parts) throws IOException {
        String attempt = UUID.randomUUID().toString();
        Entry entry = result.with(Map.of(ATTEMPT, attempt));
        return jdbc.atomically(session -> {
            session.update("DELETE FROM {ENTRY} WHERE ENTRY_KEY = ? AND STATE <> 'RESULT'", entry.key());
            if (!insert(session, entry)) {
                return null;
            }
            for (Map.Entry<String, Content> part : parts.entrySet()) {
                store(session, attempt, part.getKey(), part.getValue());
            }
            return entry;
        });
    }

    private static void store(Jdbc.Session session, String attempt, String part, Content content)
            throws SQLException, IOException {
        long length = 0;
        try (InputStream in = content.open()) {
            byte[] piece = in.readNBytes(PIECE);
            for (int number = 0; piece.length > 0; number++) {
                session.update(
                        "INSERT INTO {PART} (ATTEMPT, PART, NUMBER, DATA, STORED) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)",
                        attempt,
                        part,
                        number,
                        piece);
                length += piece.length;
                piece = in.readNBytes(PIECE);
            }
        }
        if (length != content.length()) {
            throw new IOException(content.name() + " has changed its length");
        }
    }

    Content part(Entry result, String part, long length) {
        return new Part(jdbc, result.key() + "." + part, result.fact(ATTEMPT), part, length);
    }

    void use(Entry result) throws IOException {
        jdbc.update(
                "UPDATE {ENTRY} SET LAST_USE = CURRENT_TIMESTAMP WHERE ENTRY_KEY = ? AND ATTEMPT = ?",
                result.key(),
                result.fact(ATTEMPT));
    }

    /** Removes an entry, with its answer if it has one, if it is still as given. */
    void remove(Entry entry) throws IOException {
        remove(entry.fact(ATTEMPT), "ENTRY_KEY = ? AND ENTRY = ?", entry.key(), EntryText.write(entry, true));
    }

    private boolean remove(String attempt, String condition, Object... parameters) throws IOException {
        return jdbc.atomically(session -> {
            boolean removed = session.update("DELETE FROM {ENTRY} WHERE " + condition, parameters) == 1;
            if (removed && attempt != null) {
                session.update("DELETE FROM {PART} WHERE ATTEMPT = ?", attempt);
            }
            return removed;
        });
    }

    /** Removes the answers that are out of date, and pieces that don't belong to an entry any more. */
    void cleanUp() throws IOException {
        jdbc.update("DELETE FROM {ENTRY} WHERE " + expired());
        Duration readable = retention.compareTo(REPLACED) > 0 ? retention : REPLACED;
        jdbc.update("DELETE FROM {PART} WHERE STORED < " + Jdbc.fromNow(readable.negated())
                + " AND ATTEMPT NOT IN (SELECT ATTEMPT FROM {ENTRY}"
                + " WHERE ATTEMPT IS NOT NULL AND STATE IN ('RESULT', 'SENDING'))");
    }

    /** Removes the answers used longest ago, but for the newest, as far as all have more bytes than this. Returns how many. */
    int evict(long size) throws IOException {
        List<Answer> oldest = jdbc.query(
                row -> new Answer(row.getString(1), row.getString(2), row.getObject(3, OffsetDateTime.class)),
                "SELECT ENTRY_KEY, ATTEMPT, LAST_USE FROM (SELECT ENTRY_KEY, ATTEMPT, LAST_USE, BYTES,"
                        + " SUM(BYTES) OVER (ORDER BY LAST_USE DESC, ENTRY_KEY) AS TOTAL"
                        + " FROM {ENTRY} WHERE STATE = 'RESULT' AND BYTES > 0) ANSWERS"
                        + " WHERE TOTAL > ? AND TOTAL > BYTES",
                size);
        int evicted = 0;
        for (Answer answer : oldest) {
            String isUnused = "ENTRY_KEY = ? AND STATE = 'RESULT' AND LAST_USE = ?";
            if (remove(answer.attempt(), isUnused, answer.key(), answer.lastUse())) {
                evicted++;
            }
        }
        return evicted;
    }

    private record Answer(String key, String attempt, OffsetDateTime lastUse) {}

    /** A part of an answer. Each piece is read when it is needed, and no connection is kept between them. */
    private record Part(Jdbc jdbc, String name, String attempt, String part, long length) implements Content {

        @Override
        public InputStream open() {
            return new Pieces(this);
        }

        private byte[] piece(int number) throws IOException {
            List<byte[]> found = jdbc.query(
                    row -> row.getBytes(1),
                    "SELECT DATA FROM {PART} WHERE ATTEMPT = ? AND PART = ? AND NUMBER = ?",
                    attempt,
                    part,
                    number);
            if (found.isEmpty() || found.get(0).length != Math.min(PIECE, length - (long) number * PIECE)) {
                throw new IOException(
                        name + " is no longer in the table " + jdbc.named("{PART}") + ", or not all of it");
            }
            return found.get(0);
        }
    }

    private static final class Pieces extends InputStream {

        private final Part part;
        private InputStream piece = nullInputStream();
        private int next;

        Pieces(Part part) {
            this.part = part;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int most) throws IOException {
            int count = most == 0 ? 0 : piece.read(bytes, offset, most);
            while (count < 0 && (long) next * PIECE < part.length()) {
                piece = new ByteArrayInputStream(part.piece(next++));
                count = piece.read(bytes, offset, most);
            }
            return count;
        }
    }
}
