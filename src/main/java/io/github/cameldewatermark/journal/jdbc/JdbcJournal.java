package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.journal.StoredJournal;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a database, for nodes that share their work; tested with PostgreSQL and H2. It has four tables, which are
 * created when they are first needed: {@code DEWATERMARK_ENTRY}, {@code DEWATERMARK_PART} with the answers in pieces of 256 kB,
 * {@code DEWATERMARK_LEDGER} with what was charged, and {@code DEWATERMARK_OWNER} with who is at work. Should somebody else
 * create them, the ledger needs an index on {@code (SENT, BILLED, REFERENCE, CREDITS)}, or a spending limit reads all of it each
 * time. Texts are ASCII in them, with {@code \\uXXXX} for all other characters, so that neither the encoding nor the collation of
 * the database matters.
 *
 * <p>An owner is one object of this class. As long as it works on something, it renews a lease of 30 seconds. If it is killed,
 * stands still, or can't reach the database for so long, others take over; should it continue then, it may not send anything.
 *
 * <p>Transactions are the journal's own: pass the data source itself, not one that takes part in the transactions of a route,
 * because a rollback would undo the record of what was paid. One connection at a time is used by a thread, and its auto-commit
 * setting is restored. The isolation may be READ COMMITTED or higher. Timeouts are up to the data source.
 */
public final class JdbcJournal extends StoredJournal {

    /** What the names of the tables begin with by default. */
    public static final String DEFAULT_PREFIX = "DEWATERMARK_";

    /** How long after its last use an answer is kept by default. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

    /** How many bytes all answers may have together by default. */
    public static final long DEFAULT_MAX_SIZE = 2L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);

    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Jdbc jdbc;
    private final Lease lease;
    private final JdbcAnswers answers;
    private final JdbcLedger ledger;

    /** Opens a journal with the default options. The database isn't needed until something is done. */
    public JdbcJournal(DataSource dataSource) {
        this(dataSource, DEFAULT_PREFIX, true, DEFAULT_RETENTION, DEFAULT_MAX_SIZE);
    }

    /**
     * Opens a journal. The database isn't needed until something is done.
     *
     * @param  prefix                   what the names of the tables begin with, with a schema if necessary:
     *                                  {@code schema.PREFIX_}
     * @param  createTables             whether to create tables that don't exist
     * @param  retention                how long after its last use an answer is kept
     * @param  maxSize                  how many bytes all answers may have together; those used longest ago go first
     * @throws IllegalArgumentException if names of tables can't begin with the prefix
     */
    public JdbcJournal(DataSource dataSource, String prefix, boolean createTables, Duration retention, long maxSize) {
        this(new Jdbc(dataSource, prefix, createTables), retention, maxSize, Clock.systemUTC(), LEASE);
    }

    JdbcJournal(Jdbc jdbc, Duration retention, long maxSize, Clock clock, Duration lease) {
        super(clock, maxSize);
        this.jdbc = jdbc;
        this.lease = new Lease(jdbc, lease, this::isWorking);
        this.answers = new JdbcAnswers(jdbc, retention);
        this.ledger = new JdbcLedger(jdbc);
    }

    @Override
    protected String me() {
        return lease.me();
    }

    @Override
    protected void ensureAlive() throws IOException {
        lease.ensure();
    }

    @Override
    protected Stored read(String key) throws IOException {
        List<Row> found = rows("ENTRY_KEY = ?", key);
        if (found.isEmpty()) {
            return null;
        }
        try {
            return found.get(0).read();
        } catch (UnreadableException e) {
            setAside(found.get(0), e);
            return read(key);
        }
    }

    private List<Row> rows(String condition, Object... parameters) throws IOException {
        return jdbc.query(
                Row::new,
                "SELECT ENTRY_KEY, STATE, OWNER, ENTRY, CASE WHEN " + Lease.holds("OWNER")
                        + " THEN 1 ELSE 0 END, CASE WHEN " + answers.expired()
                        + " THEN 1 ELSE 0 END FROM {ENTRY} WHERE "
                        + condition,
                parameters);
    }

    /** A row before its text is read. */
    private record Row(String key, String state, String owner, String text, boolean isOwned, boolean isExpired) {

        Row(ResultSet row) throws SQLException {
            this(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getInt(5) == 1,
                    row.getInt(6) == 1);
        }

        Stored read() throws IOException {
            Entry entry = EntryText.read(key, text, true);
            if (!entry.state().name().equals(state) || !entry.owner().equals(owner)) {
                throw new UnreadableException("it was altered");
            }
            return new Stored(entry, isOwned, isExpired);
        }
    }

    /** Otherwise nothing could replace it, not even who is asked to pay again. */
    private void setAside(Row row, UnreadableException reason) throws IOException {
        Entry unknown = unreadable(row.key(), reason);
        int replaced = jdbc.update(
                "UPDATE {ENTRY} SET STATE = ?, OWNER = ?, ENTRY = ? WHERE ENTRY_KEY = ? AND ENTRY = ?",
                unknown.state().name(),
                unknown.owner(),
                EntryText.write(unknown, true),
                row.key(),
                row.text());
        if (replaced == 1) {
            LOG.warn(
                    "The row {} of the table {} is not an entry of the journal, because {}. What it stood for may have been charged,"
                            + " and won't be sent again automatically. It was: {}",
                    row.key(),
                    jdbc.named("{ENTRY}"),
                    reason.getMessage(),
                    JdbcLedger.cut(row.text(), 2000));
        }
    }

    /** The text has the owner in it, too, so nobody can write what was taken over by others. */
    @Override
    protected boolean replace(Entry found, Entry next, Charge charge) throws IOException {
        return jdbc.atomically(session -> {
            boolean replaced = found == null ? JdbcAnswers.insert(session, next) : update(session, found, next);
            if (replaced && charge != null) {
                JdbcLedger.write(session, charge);
            }
            return replaced;
        });
    }

    private boolean update(Jdbc.Session session, Entry found, Entry next) throws SQLException {
        String condition = "ENTRY_KEY = ? AND ENTRY = ?";
        if (found.state().isWaitedFor()) {
            condition += " AND " + free();
        }
        if (isMine(next) && (next.state() == State.SENDING || next.state() == State.UPLOADED)) {
            condition += " AND " + Lease.holds("'" + me() + "'"); // otherwise others may be about to take over
        }
        int replaced = session.update(
                "UPDATE {ENTRY} SET STATE = ?, OWNER = ?, ENTRY = ?, LAST_USE = CURRENT_TIMESTAMP WHERE " + condition,
                next.state().name(),
                next.owner(),
                EntryText.write(next, true),
                found.key(),
                EntryText.write(found, true));
        return replaced == 1;
    }

    /** Returns the condition that nobody else who is alive owns an entry, in SQL. */
    private String free() {
        return "(OWNER = '" + me() + "' OR NOT " + Lease.holds("OWNER") + ")";
    }

    @Override
    protected Entry store(Entry result, Map<String, Content> parts) throws IOException {
        return answers.store(result, parts);
    }

    /** What it returns is read in pieces while it is used. */
    @Override
    protected Content part(Entry result, String part, long length, boolean use) throws IOException {
        if (use) {
            answers.use(result);
        }
        return answers.part(result, part, length);
    }

    @Override
    public List<Entry> latestResults(int most) throws IOException {
        return readable("STATE = 'RESULT' ORDER BY LAST_USE DESC FETCH FIRST " + most + " ROWS ONLY");
    }

    private List<Entry> readable(String condition, Object... parameters) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows(condition, parameters)) {
            try {
                entries.add(row.read().entry());
            } catch (UnreadableException e) {
                LOG.debug("{} is skipped", row.key(), e);
            }
        }
        return entries;
    }

    @Override
    public void remove(Entry entry) throws IOException {
        answers.remove(entry);
    }

    @Override
    protected int evict(long size) throws IOException {
        return answers.evict(size);
    }

    @Override
    public void check() throws IOException {
        read("none");
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    protected List<String> unsettled() throws IOException {
        return jdbc.query(
                row -> row.getString(1),
                "SELECT ENTRY_KEY FROM {ENTRY} WHERE STATE IN ('CLAIMED', 'SENDING', 'UPLOADED') AND " + free());
    }

    @Override
    protected void cleanUp() throws IOException {
        String isOver = "LEASE_END <= CURRENT_TIMESTAMP";
        for (String dead : jdbc.query(row -> row.getString(1), "SELECT ID FROM {OWNER} WHERE " + isOver)) {
            for (Entry entry : readable("STATE = 'RESULT' AND OWNER = ?", dead)) {
                if (entry.isResultKnown()) { // its owner may have been killed before it wrote that
                    ledger.chargedOnce(entry.charge(Billed.YES));
                }
            }
            jdbc.update("DELETE FROM {OWNER} WHERE ID = ? AND " + isOver, dead);
        }
        answers.cleanUp();
    }

    /** Should an owner only have stood still, it finds that it can't send any more. */
    @Override
    protected void giveUp(List<Entry> claims) throws IOException {
        for (Entry claim : claims) {
            jdbc.atomically(session -> {
                String isStill = "ENTRY_KEY = ? AND ENTRY = ? AND " + free();
                if (session.update("DELETE FROM {ENTRY} WHERE " + isStill, claim.key(), EntryText.write(claim, true))
                        > 0) {
                    JdbcLedger.write(session, claim.charge(Billed.NO));
                }
                return null;
            });
        }
    }

    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return "in the table " + jdbc.named("{ENTRY}");
    }
}
