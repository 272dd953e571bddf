package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers in a {@link JdbcJournal}: pieces of 256 kB, of which one at a time is in memory, as the {@code bytea} of PostgreSQL
 * isn't streamed. Keeps them for some time, and within some size.
 */
final class JdbcResults {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcResults.class);

    /** The fact that tells the pieces of an answer from those of an earlier answer for the same key. */
    private static final String ATTEMPT = "attempt";

    /** How long what was replaced can be read at least. */
    private static final Duration REPLACED = Duration.ofHours(1);

    private final Jdbc jdbc;
    private final JdbcTables tables;
    private final Duration retention;
    private final long maxSize;
    private final AtomicLong written = new AtomicLong();

    JdbcResults(Jdbc jdbc, JdbcTables tables, Duration retention, long maxSize) {
        this.jdbc = jdbc;
        this.tables = tables;
        this.retention = retention;
        this.maxSize = maxSize;
    }

    /** Stores an answer, all of it or nothing. Returns the entry that is there now, {@code null} if there is another answer. */
    Entry keep(Entry result, Map<String, Content> parts) throws IOException {
        String attempt = UUID.randomUUID().toString();
        Map<String, String> facts = new HashMap<>(Map.of(ATTEMPT, attempt));
        long bytes = 0;
        for (Map.Entry<String, Content> part : parts.entrySet()) {
            facts.put(
                    Entry.LENGTH + part.getKey(),
                    String.valueOf(part.getValue().length()));
            bytes += part.getValue().length();
        }
        Entry entry = result.with(facts);
        long size = bytes;
        boolean kept = jdbc.atomically(tables.parts(), connection -> {
            boolean first = write(connection, entry, attempt, size);
            if (first) {
                for (Map.Entry<String, Content> part : parts.entrySet()) {
                    write(connection, attempt, part.getKey(), part.getValue());
                }
            }
            return first;
        });
        written.addAndGet(size);
        return kept ? entry : null;
    }

    /** Returns whether there was no other answer. If one is inserted just now, the transaction is repeated. */
    private boolean write(Connection connection, Entry entry, String attempt, long size) throws SQLException {
        String answer = "SELECT ATTEMPT FROM " + tables.entries() + " WHERE ENTRY_KEY = ? AND STATE = 'RESULT'";
        if (!Jdbc.query(connection, row -> row.getString(1), answer, entry.key())
                .isEmpty()) {
            return false;
        }
        Jdbc.update(
                connection,
                "DELETE FROM " + tables.entries() + " WHERE ENTRY_KEY = ? AND STATE <> 'RESULT'",
                entry.key());
        Jdbc.update(
                connection,
                "INSERT INTO " + tables.entries() + " (ENTRY_KEY, STATE, OWNER, ENTRY, ATTEMPT, BYTES, LAST_USE)"
                        + " VALUES (?, 'RESULT', ?, ?, ?, ?, CURRENT_TIMESTAMP)",
                entry.key(),
                entry.owner(),
                EntryText.ascii(entry),
                attempt,
                size);
        return true;
    }

    private void write(Connection connection, String attempt, String part, Content content)
            throws SQLException, IOException {
        String insert = "INSERT INTO " + tables.parts()
                + " (ATTEMPT, PART, NUMBER, DATA, STORED) VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP)";
        long length = 0;
        try (InputStream in = content.open()) {
            byte[] piece = in.readNBytes(JdbcPart.PIECE);
            for (int number = 0; piece.length > 0; number++) {
                Jdbc.update(connection, insert, attempt, part, number, piece);
                length += piece.length;
                piece = in.readNBytes(JdbcPart.PIECE);
            }
        }
        if (length != content.length()) {
            throw new IOException(content.name() + " has another length than it had");
        }
    }

    /** @throws IOException if a piece is missing */
    Content part(Entry result, String part) throws IOException {
        String length = result.fact(Entry.LENGTH + part);
        if (length == null) {
            return null;
        }
        String attempt = result.fact(ATTEMPT);
        jdbc.update(
                tables.entries(),
                "UPDATE " + tables.entries() + " SET LAST_USE = CURRENT_TIMESTAMP WHERE ENTRY_KEY = ? AND ATTEMPT = ?",
                result.key(),
                attempt);
        JdbcPart content =
                new JdbcPart(jdbc, tables.parts(), result.key() + "." + part, attempt, part, Long.parseLong(length));
        content.check();
        return content;
    }

    /** Returns the condition that an answer is out of date, in SQL. */
    String expired() {
        return "STATE = 'RESULT' AND LAST_USE < " + Jdbc.fromNow(retention.negated());
    }

    /** Removes an entry, with its answer if it has one, if it is still as given. */
    boolean remove(Entry entry) throws IOException {
        return remove(entry.fact(ATTEMPT), "ENTRY_KEY = ? AND ENTRY = ?", entry.key(), EntryText.ascii(entry));
    }

    /** Removes the entry of an answer, if that is out of date. */
    boolean removeExpired(Entry entry) throws IOException {
        return remove(entry.fact(ATTEMPT), "ENTRY_KEY = ? AND " + expired(), entry.key());
    }

    private boolean remove(String attempt, String condition, Object... parameters) throws IOException {
        String sql = "DELETE FROM " + tables.entries() + " WHERE " + condition;
        return jdbc.atomically(tables.entries(), connection -> {
            boolean removed = Jdbc.update(connection, sql, parameters) == 1;
            if (removed && attempt != null) {
                Jdbc.update(connection, "DELETE FROM " + tables.parts() + " WHERE ATTEMPT = ?", attempt);
            }
            return removed;
        });
    }

    /** Looks at the size of all answers only now and then, as that takes a while. */
    void evictIfTooLarge() throws IOException {
        if (written.get() > maxSize / 20) {
            written.set(0);
            evictForRoom();
        }
    }

    /** Removes the answers that are out of date or used longest ago, and pieces that don't belong to an entry any more. */
    void evict() throws IOException {
        removeOldest(expired(), Long.MAX_VALUE);
        evictForRoom();
        Duration readable = retention.compareTo(REPLACED) > 0 ? retention : REPLACED;
        jdbc.update(
                tables.parts(),
                "DELETE FROM " + tables.parts() + " WHERE STORED < " + Jdbc.fromNow(readable.negated())
                        + " AND ATTEMPT NOT IN (SELECT ATTEMPT FROM " + tables.entries()
                        + " WHERE ATTEMPT IS NOT NULL AND STATE IN ('RESULT', 'SENDING'))");
    }

    /** If all are too large, they get well within the size, so that this isn't due again with the next answer. */
    private void evictForRoom() throws IOException {
        String answers = "FROM " + tables.entries() + " WHERE STATE = 'RESULT' AND BYTES > 0";
        long total = jdbc.query(tables.entries(), row -> row.getLong(1), "SELECT SUM(BYTES) " + answers)
                .get(0);
        if (total > maxSize) {
            // the newest stays, however large it is
            String condition = "STATE = 'RESULT' AND BYTES > 0 AND LAST_USE < (SELECT MAX(LAST_USE) " + answers + ")";
            int removed = removeOldest(condition, total - maxSize + maxSize / 10);
            if (removed > 0) {
                LOG.info(
                        "The table {} would be too large: {} answers that were used longest ago are removed",
                        tables.parts(),
                        removed);
            }
        }
    }

    /** Removes answers, those used longest ago first, until so many bytes are gone. */
    private int removeOldest(String condition, long bytes) throws IOException {
        String oldest = "SELECT ENTRY_KEY, ATTEMPT, BYTES, LAST_USE FROM " + tables.entries() + " WHERE " + condition
                + " ORDER BY LAST_USE FETCH FIRST 1000 ROWS ONLY";
        int all = 0;
        int removed;
        do {
            removed = 0;
            List<Answer> answers = jdbc.query(
                    tables.entries(),
                    row -> new Answer(
                            row.getString(1), row.getString(2), row.getLong(3), row.getObject(4, OffsetDateTime.class)),
                    oldest);
            for (Answer answer : answers) {
                if (bytes > 0 && remove(answer)) {
                    bytes -= answer.bytes();
                    removed++;
                }
            }
            all += removed;
        } while (removed > 0 && bytes > 0);
        return all;
    }

    /** Removes an answer, unless it is used or its key is being worked on by now. */
    private boolean remove(Answer answer) throws IOException {
        String same = "ENTRY_KEY = ? AND STATE = 'RESULT' AND LAST_USE = ?";
        return remove(answer.attempt(), same, answer.key(), answer.lastUse());
    }

    /** The answer in an entry. */
    private record Answer(String key, String attempt, long bytes, OffsetDateTime lastUse) {}
}
