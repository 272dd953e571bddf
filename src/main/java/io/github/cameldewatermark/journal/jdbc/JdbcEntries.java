package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.JournalText;
import io.github.cameldewatermark.journal.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries in a {@link JdbcJournal}: their text, and what of it SQL has to know. An entry is replaced only if its text still is
 * the one that was read. As the owner is in it, too, nobody can write what was taken over by others.
 */
final class JdbcEntries {

    /** The owner of what anybody may take over. */
    static final String NOBODY = "-";

    /** A condition that is always met. */
    static final String ALWAYS = "1 = 1";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcEntries.class);

    private final Jdbc jdbc;
    private final String table;
    private final Lease lease;
    private final String expired;

    /** @param expired the condition that an answer is out of date, in SQL */
    JdbcEntries(Jdbc jdbc, String table, Lease lease, String expired) {
        this.jdbc = jdbc;
        this.table = table;
        this.lease = lease;
        this.expired = expired;
    }

    /** An entry, and what the database thinks about it. */
    record Row(Entry entry, boolean isOwned, boolean isExpired) {}

    /** A row before its text is read. */
    private record Text(String key, String state, String owner, String text, boolean isOwned, boolean isExpired) {

        static Text of(ResultSet row) throws SQLException {
            return new Text(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5) == 1,
                    row.getInt(6) == 1);
        }

        Row read() throws UnreadableException, IOException {
            Entry entry = EntryText.read(key, text.getBytes(StandardCharsets.UTF_8));
            if (!entry.state().name().equals(state)
                    || !entry.owner().equals(owner)
                    || !EntryText.ascii(entry).equals(text)) {
                throw new UnreadableException("it was altered");
            }
            return new Row(entry, isOwned, isExpired);
        }
    }

    /** Returns the entry of a key, {@code null} if it has none. One that can't be read becomes unknown. */
    Row read(String key) throws IOException {
        List<Text> found = select("ENTRY_KEY = ?", key);
        if (found.isEmpty()) {
            return null;
        }
        try {
            return found.get(0).read();
        } catch (UnreadableException e) {
            replaceUnreadable(found.get(0), e.getMessage());
            return read(key);
        }
    }

    private void replaceUnreadable(Text row, String reason) throws IOException {
        Entry unknown = new Entry(row.key(), "", "", State.UNKNOWN, NOBODY, Instant.now(), Map.of())
                .unknown("its entry in the journal was unreadable, because " + reason);
        int replaced = jdbc.update(
                table,
                "UPDATE " + table + " SET STATE = 'UNKNOWN', OWNER = ?, ENTRY = ? WHERE ENTRY_KEY = ? AND STATE = ? AND"
                        + " OWNER = ? AND ENTRY = ?",
                NOBODY,
                EntryText.ascii(unknown),
                row.key(),
                row.state(),
                row.owner(),
                row.text());
        if (replaced == 1) {
            LOG.warn(
                    "The row {} of the table {} is no entry of the journal, because {}. What it was about may have been charged,"
                            + " and isn't sent again by itself. It was: {}",
                    row.key(),
                    table,
                    reason,
                    JournalText.ascii(row.text(), 2000));
        }
    }

    /** Returns whether there was none. */
    boolean insert(Entry entry) throws IOException {
        return jdbc.insert(
                table,
                "INSERT INTO " + table + " (ENTRY_KEY, STATE, OWNER, ENTRY, LAST_USE, BYTES)"
                        + " VALUES (?, ?, ?, ?, CURRENT_TIMESTAMP, 0)",
                entry.key(),
                entry.state().name(),
                entry.owner(),
                EntryText.ascii(entry));
    }

    /**
     * Replaces an entry, if it still is as given and a condition in SQL is met.
     *
     * @return whether it did
     */
    boolean replace(Entry found, Entry next, String condition) throws IOException {
        return jdbc.run(table, "written", true, connection -> replace(connection, found, next, condition));
    }

    /** Does the same as a part of a transaction. */
    boolean replace(Connection connection, Entry found, Entry next, String condition) throws SQLException {
        int replaced = Jdbc.update(
                connection,
                "UPDATE " + table + " SET STATE = ?, OWNER = ?, ENTRY = ?, LAST_USE = CURRENT_TIMESTAMP"
                        + " WHERE ENTRY_KEY = ? AND ENTRY = ? AND " + condition,
                next.state().name(),
                next.owner(),
                EntryText.ascii(next),
                found.key(),
                EntryText.ascii(found));
        return replaced == 1;
    }

    /** Returns the condition that nobody else owns an entry, in SQL. */
    String free() {
        return "(OWNER = '" + lease.me() + "' OR NOT " + lease.holds("OWNER") + ")";
    }

    /** Returns the condition that I have a lease, in SQL. */
    String leased() {
        return lease.holds("'" + lease.me() + "'");
    }

    /** Returns the keys of what was being paid for by others who have died, or by me. */
    List<String> left() throws IOException {
        String sql =
                "SELECT ENTRY_KEY FROM " + table + " WHERE STATE IN ('CLAIMED', 'SENDING', 'UPLOADED') AND " + free();
        return jdbc.query(table, row -> row.getString(1), sql);
    }

    /** Returns the answers for which an owner has paid, as far as they can be read. */
    List<Entry> paidBy(String owner) throws IOException {
        List<Entry> paid = new ArrayList<>();
        for (Text row : select("STATE = 'RESULT' AND OWNER = ?", owner)) {
            try {
                Entry entry = row.read().entry();
                if (entry.isPaid()) {
                    paid.add(entry);
                }
            } catch (IOException | UnreadableException e) {
                LOG.debug("{} is skipped", row.key(), e);
            }
        }
        return paid;
    }

    private List<Text> select(String condition, String parameter) throws IOException {
        String sql = "SELECT ENTRY_KEY, STATE, OWNER, ENTRY, CASE WHEN " + lease.holds("OWNER")
                + " THEN 1 ELSE 0 END, CASE WHEN " + expired + " THEN 1 ELSE 0 END FROM " + table + " WHERE "
                + condition;
        return jdbc.query(table, Text::of, sql, parameter);
    }
}
