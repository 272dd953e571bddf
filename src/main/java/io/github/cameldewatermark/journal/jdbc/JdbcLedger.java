package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.Spending;
import io.github.cameldewatermark.journal.SpendingBy;
import io.github.cameldewatermark.journal.SpendingLimit;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NavigableMap;

/** The table of what was charged, with one row for each reference. */
final class JdbcLedger implements Ledger {

    /** What is about to be paid for. */
    private static final String RESERVED = "RESERVED";

    /** A row that is never removed, as its lease never ends: whoever has changed it keeps others from reserving. */
    private static final String LOCK = "ledger";

    private static final int MOST = 255; // characters in a column

    /** To be followed by a time in SQL. */
    private static final String COUNTED = "{LEDGER} WHERE BILLED <> 'NO' AND REFERENCE <> ? AND SENT > ";

    private final Jdbc jdbc;

    JdbcLedger(Jdbc jdbc) {
        this.jdbc = jdbc;
    }

    /** Its time is that of the database, by which a limit counts, as the clocks of nodes differ. */
    @Override
    public Instant reserve(Charge charge, SpendingLimit limit) throws IOException {
        return jdbc.atomically(session -> {
            lock(session);
            Instant room = roomFor(session, charge.credits(), charge.reference(), limit);
            if (room == null) {
                session.update("DELETE FROM {LEDGER} WHERE REFERENCE = ?", cut(charge.reference()));
                insert(session, charge, RESERVED, null);
            }
            return room;
        });
    }

    @Override
    public Instant roomFor(BigDecimal credits, SpendingLimit limit) throws IOException {
        return jdbc.atomically(session -> roomFor(session, credits, "", limit));
    }

    /**
     * The rows are only read to say when there is room.
     *
     * @param reference what is reserved with it already, isn't counted
     */
    private static Instant roomFor(Jdbc.Session session, BigDecimal credits, String reference, SpendingLimit limit)
            throws SQLException {
        String since = since(limit.period());
        BigDecimal after = spent(session, since, reference).add(Spending.orLeast(credits));
        if (after.compareTo(limit.credits()) <= 0) {
            return null;
        }
        Spending spending = new Spending(limit.period());
        charges(session, since, reference).forEach(spending::note);
        return spending.roomFor(credits, null, limit.credits(), Instant.EPOCH); // the rows are those that count
    }

    private static String since(Duration period) {
        return Jdbc.fromNow(period.negated());
    }

    private static void lock(Jdbc.Session session) throws SQLException {
        if (session.update("UPDATE {OWNER} SET ID = ID WHERE ID = ?", LOCK) == 0) {
            session.update(
                    "INSERT INTO {OWNER} (ID, LEASE_END) VALUES (?, TIMESTAMP WITH TIME ZONE '9999-01-01 00:00:00+00')",
                    LOCK);
        }
    }

    @Override
    public BigDecimal spent(Duration period) throws IOException {
        return jdbc.atomically(session -> spent(session, since(period), ""));
    }

    private static BigDecimal spent(Jdbc.Session session, String since, String reference) throws SQLException {
        return session.query(
                        row -> row.getBigDecimal(1),
                        "SELECT COALESCE(SUM(COALESCE(CREDITS, 1)), 0) FROM " + COUNTED + since,
                        cut(reference))
                .get(0);
    }

    /** Whatever counts is the same for a sum as what was charged. */
    private static List<Charge> charges(Jdbc.Session session, String since, String except) throws SQLException {
        return session.query(
                row -> new Charge(row.getTimestamp(1).toInstant(), "", "", row.getBigDecimal(2), Billed.YES, "", ""),
                "SELECT SENT, CREDITS FROM " + COUNTED + since,
                cut(except));
    }

    @Override
    public NavigableMap<LocalDate, BigDecimal> perDay(LocalDate since, ZoneId zone) throws IOException {
        SpendingBy<LocalDate> days = new SpendingBy<>(time -> LocalDate.ofInstant(time, zone));
        String start = "TIMESTAMP WITH TIME ZONE '" + since.atStartOfDay(zone).toInstant() + "'";
        jdbc.atomically(session -> charges(session, start, "")).forEach(days::note);
        return days.credits();
    }

    @Override
    public boolean chargedOnce(Charge charge) throws IOException {
        return jdbc.atomically(session -> write(session, charge));
    }

    /** What is reserved turns out to be charged or not; what may have been charged still can, and what was refused, when it is repeated. */
    static boolean write(Jdbc.Session session, Charge charge) throws SQLException {
        if (!session.exists("{LEDGER} WHERE REFERENCE = ?", cut(charge.reference()))) {
            if (charge.billed() != Billed.NO) {
                insert(session, charge, charge.billed().name(), charge.time());
            }
            return charge.billed() != Billed.NO;
        }
        String uncertain = charge.billed() == Billed.UNKNOWN ? "'RESERVED'" : "'RESERVED', 'UNKNOWN', 'NO'";
        int updated = session.update(
                "UPDATE {LEDGER} SET BILLED = ?, CREDITS = COALESCE(CAST(? AS NUMERIC(19, 4)), CREDITS), ID = ?"
                        + " WHERE REFERENCE = ? AND BILLED IN (" + uncertain + ")",
                charge.billed().name(),
                charge.credits(),
                cut(charge.id()),
                cut(charge.reference()));
        return updated > 0;
    }

    /** @param sent {@code null} for now */
    private static void insert(Jdbc.Session session, Charge charge, String billed, Instant sent) throws SQLException {
        session.update(
                "INSERT INTO {LEDGER} (REFERENCE, SENT, OPERATION, FILE_NAME, CREDITS, BILLED, ID)"
                        + " VALUES (?, COALESCE(CAST(? AS TIMESTAMP WITH TIME ZONE), CURRENT_TIMESTAMP), ?, ?, ?, ?, ?)",
                cut(charge.reference()),
                sent == null ? null : sent.atOffset(ZoneOffset.UTC),
                cut(charge.operation()),
                cut(charge.name()),
                charge.credits(),
                billed,
                cut(charge.id()));
    }

    private static String cut(String text) {
        return cut(text, MOST);
    }

    static String cut(String text, int most) {
        String ascii = EntryText.escape(text, true);
        return ascii.substring(0, Math.min(most, ascii.length()));
    }
}
