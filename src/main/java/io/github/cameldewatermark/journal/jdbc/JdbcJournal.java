package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryClaim;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.journal.Upkeep;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Journal} in a database, for nodes that share their work; tested with PostgreSQL and H2. It has four tables, which are
 * created when they are first needed: {@code DEWATERMARK_ENTRY}, {@code DEWATERMARK_PART} with the answers in pieces of 256 kB,
 * {@code DEWATERMARK_LEDGER} with what was charged, and {@code DEWATERMARK_OWNER} with who is at work. Texts are ASCII in them,
 * with {@code \\uXXXX} for all other characters, so that neither the encoding nor the collation of the database matters.
 *
 * <p>An owner is one object of this class. As long as it works on something, it renews a lease of 30 seconds. If it is killed,
 * stands still, or can't reach the database for so long, others take over; should it continue then, it may not send anything.
 *
 * <p>Transactions are the journal's own: pass the data source itself, not one that takes part in the transactions of a route,
 * because a rollback would undo the record of what was paid. One connection at a time is used by a thread, and its auto-commit
 * setting is restored. The isolation may be READ COMMITTED or higher. Timeouts are up to the data source.
 */
public final class JdbcJournal implements Journal {

    /** What the names of the tables begin with by default. */
    public static final String DEFAULT_PREFIX = "DEWATERMARK_";

    /** How long after its last use an answer is kept by default. */
    public static final Duration DEFAULT_RETENTION = Duration.ofDays(1);

    /** How many bytes all answers may have together by default. */
    public static final long DEFAULT_MAX_SIZE = 2L << 30;

    private static final Logger LOG = LoggerFactory.getLogger(JdbcJournal.class);

    private static final Duration LEASE = Duration.ofSeconds(30);

    /** No owner has this id: of what somebody else works on with this object. */
    private static final String OTHER = "this process";

    /** A limit that is hardly ever reached: others would have to claim and remove the entry this often. */
    private static final int ATTEMPTS = 100;

    private final Jdbc jdbc;
    private final String table;
    private final Clock clock;
    private final Lease lease;
    private final JdbcEntries entries;
    private final JdbcLedger ledger;
    private final JdbcResults results;
    private final Upkeep upkeep;

    /**
     * What is worked on here, by its key: the entry that was in the table last, which is what the next step may replace. What
     * else this object seems to be sending is what it failed to write the end of.
     */
    private final Map<String, Entry> working = new ConcurrentHashMap<>();

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
        this(dataSource, new JdbcTables(prefix, createTables), retention, maxSize, Clock.systemUTC(), LEASE);
    }

    JdbcJournal(
            DataSource dataSource, JdbcTables tables, Duration retention, long maxSize, Clock clock, Duration lease) {
        this.jdbc = new Jdbc(dataSource, tables);
        this.table = tables.entries();
        this.clock = clock;
        this.lease = new Lease(jdbc, tables.owners(), lease, () -> !working.isEmpty());
        this.ledger = new JdbcLedger(jdbc, tables.ledger());
        this.results = new JdbcResults(jdbc, tables, retention, maxSize);
        this.entries = new JdbcEntries(jdbc, table, this.lease, results.expired());
        this.upkeep = new Upkeep(clock, this::tidy, toString());
    }

    @Override
    public Entry claim(String key, String operation, String name) throws IOException {
        upkeep.runIfDue();
        for (int i = 0; i < ATTEMPTS; i++) {
            JdbcEntries.Row found = settled(key);
            if (found != null && (!found.entry().state().isTakenOver() || !isMine(found.entry()) && found.isOwned())) {
                return found.entry();
            }
            Entry claim = found == null
                    ? new Entry(key, operation, name, State.CLAIMED, lease.me(), clock.instant(), Map.of())
                    : found.entry().ownedBy(lease.me());
            if (working.putIfAbsent(key, claim) != null) { // before it can be seen
                return claim.ownedBy(OTHER);
            }
            if (claim(found, claim)) {
                return claim;
            }
        }
        throw new IOException(
                "The entry " + key + " of the table " + table + " is made and removed by others all the time");
    }

    private boolean claim(JdbcEntries.Row found, Entry claim) throws IOException {
        boolean claimed = false;
        try {
            lease.ensure();
            claimed = found == null ? entries.insert(claim) : entries.replace(found.entry(), claim, entries.free());
        } finally {
            if (!claimed) {
                working.remove(claim.key());
            }
        }
        return claimed;
    }

    @Override
    public Entry claimAgain(Entry known) {
        boolean mine = working.putIfAbsent(known.key(), known) == null;
        try {
            lease.ensure();
        } catch (IOException e) {
            LOG.debug("Without a lease, nothing will be sent", e);
        }
        return new Entry(
                known.key(),
                known.operation(),
                known.name(),
                State.CLAIMED,
                mine ? lease.me() : OTHER,
                clock.instant(),
                Map.of());
    }

    /** An upload is given up here, so that others needn't wait until this owner has died. */
    @Override
    public void release(Entry entry) {
        Entry last = working.get(entry.key());
        if (last != null && last.state() == State.UPLOADED && isMine(last)) {
            EntryClaim.tryTo(last.name(), "hand it on", () -> replace(last, last.ownedBy(JdbcEntries.NOBODY)));
        }
        working.remove(entry.key());
    }

    @Override
    public boolean isMine(Entry entry) {
        return entry.owner().equals(lease.me());
    }

    /** Without a lease, nothing may be sent or submitted: others may be about to take over. */
    @Override
    public void change(Entry next) throws IOException {
        Entry last = working.get(next.key());
        boolean pays = next.state() == State.SENDING || next.state() == State.UPLOADED;
        if (last == null || !entries.replace(last, next, pays ? entries.leased() : JdbcEntries.ALWAYS)) {
            throw new IOException("The entry of " + next.name() + " in the table " + table
                    + " can't be written any more: another process has changed it, or the lease was over");
        }
        working.put(next.key(), next);
    }

    @Override
    public boolean replace(Entry found, Entry next) throws IOException {
        return entries.replace(found, next, JdbcEntries.ALWAYS);
    }

    @Override
    public void keep(Entry result, Map<String, Content> parts) throws IOException {
        Entry kept = results.keep(result, parts);
        if (kept == null) {
            LOG.info("There is another answer to {} already, which stays", result.name());
            return;
        }
        working.replace(kept.key(), kept);
        try {
            results.evictIfTooLarge();
        } catch (IOException e) {
            LOG.warn("The journal {} is too large, and what was used longest ago can't be removed", this, e);
        }
    }

    /** What it returns is read in pieces while it is used. */
    @Override
    public Content part(Entry result, String part) throws IOException {
        return results.part(result, part);
    }

    @Override
    public void remove(Entry entry) throws IOException {
        results.remove(entry);
    }

    /** Does nothing: a database doesn't tell how much room it has. That it answers was seen by the claim just before. */
    @Override
    public Room reserve(long bytes) {
        return () -> {};
    }

    @Override
    public void check() throws IOException {
        entries.read("none");
    }

    /** Writes a row of the ledger, unless it has one with the same reference. */
    @Override
    public void charged(Charge charge) throws IOException {
        ledger.write(charge);
    }

    @Override
    public void chargedOnce(Charge charge) throws IOException {
        ledger.write(charge);
    }

    @Override
    public void close() {
        lease.close();
    }

    @Override
    public String toString() {
        return "in the table " + table;
    }

    /** Returns the entry of a key, {@code null} if it has none (any more). What nobody sends any more is unknown. */
    private JdbcEntries.Row settled(String key) throws IOException {
        JdbcEntries.Row row = entries.read(key);
        if (row != null && row.entry().state() == State.SENDING && isLeft(row)) {
            markUnknown(row.entry());
            return entries.read(key);
        }
        if (row != null && row.isExpired()) {
            results.removeExpired(row.entry());
            return entries.read(key);
        }
        return row;
    }

    /** Whether the owner of an entry has died, or has failed to write the end. */
    private boolean isLeft(JdbcEntries.Row row) {
        return isMine(row.entry()) ? !working.containsKey(row.entry().key()) : !row.isOwned();
    }

    private void markUnknown(Entry sending) throws IOException {
        Entry unknown = sending.unknown("its process ended, or lost the database, before the answer came");
        boolean marked = jdbc.atomically(table, connection -> {
            boolean still = entries.replace(connection, sending, unknown, entries.free());
            if (still) {
                ledger.write(connection, sending.charge(Billed.UNKNOWN));
            }
            return still;
        });
        if (marked) {
            LOG.warn(
                    "{} was being sent at {} when its process ended, or lost the database: it may have been charged. It isn't"
                            + " sent again by itself",
                    sending.name(),
                    sending.since());
        }
    }

    private void giveUp(Entry left) throws IOException {
        if (left.state() == State.CLAIMED) {
            remove(left);
        } else if (left.state() == State.UPLOADED && isMine(left)) { // it wasn't handed on when it was given up
            replace(left, left.ownedBy(JdbcEntries.NOBODY));
        }
    }

    private void tidy() throws IOException {
        for (String key : entries.left()) {
            try {
                JdbcEntries.Row row = settled(key);
                if (row != null && isLeft(row)) {
                    giveUp(row.entry());
                }
            } catch (IOException e) { // so that the others are tidied, too
                LOG.warn("The entry {} {} can't be read", key, this, e);
            }
        }
        for (String dead : lease.dead()) {
            for (Entry paid : entries.paidBy(dead)) {
                ledger.write(paid.charge(Billed.YES)); // its owner may have been killed before it wrote this
            }
            lease.removeDead(dead);
        }
        results.evict();
    }
}
