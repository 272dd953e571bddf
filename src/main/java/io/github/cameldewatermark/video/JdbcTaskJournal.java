package io.github.cameldewatermark.video;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link TaskJournal} that is a table of a database, for nodes that share their work. That a clip is recorded once rests
 * on the primary key. The table is created when it is first needed, unless it is there:
 *
 * <pre>
 * CREATE TABLE DEWATERMARK_TASK (
 *     KEY_HASH  VARCHAR(64)  NOT NULL PRIMARY KEY,  -- SHA-256 of the key: any text is a key
 *     TASK_KEY  VARCHAR(255),                       -- the key, for the reader
 *     TASK_ID   VARCHAR(255) NOT NULL,
 *     CLIP_NAME VARCHAR(255),
 *     CREATED   VARCHAR(24)  NOT NULL               -- ISO 8601 in UTC, which sorts as text
 * )
 * </pre>
 *
 * The texts are ASCII, with {@code \\uXXXX} for all else, so that neither the encoding nor the collation of the database
 * matters. Key and name are cut off at 255. Rows older than {@link TaskJournal#RETENTION} are deleted now and then.
 *
 * <p>Each statement is a transaction of its own: hand in the data source itself, not one that takes part in the
 * transactions of a route, which could take back what was recorded of a paid task. Connections without auto-commit are
 * given back as they were. How long a statement may take is a matter of the data source.
 */
public final class JdbcTaskJournal implements TaskJournal {

    /** What the table is called if nothing else is said. */
    public static final String DEFAULT_TABLE = "DEWATERMARK_TASK";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTaskJournal.class);

    /** Others that come and go between two statements can hardly do so this often. */
    private static final int ATTEMPTS = 100;

    private static final int LENGTH = 255;

    // the classes of SQLSTATE that are about other nodes
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String TRANSACTION_ROLLBACK = "40";

    private static final DateTimeFormatter CREATED =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final DataSource dataSource;
    private final String table;
    private final Clock clock;
    private final Upkeep upkeep;
    private volatile boolean ready;

    private interface Action<T> {
        T run(Connection connection) throws SQLException;
    }

    /** Opens a journal in the table {@link #DEFAULT_TABLE}, which is created if it isn't there. */
    public JdbcTaskJournal(DataSource dataSource) {
        this(dataSource, DEFAULT_TABLE, true);
    }

    /**
     * Opens a journal.
     *
     * @param  table                    what the table is called, with its schema if need be: {@code schema.table}
     * @param  createTable              whether to create it if it isn't there
     * @throws IllegalArgumentException no table is called so
     */
    public JdbcTaskJournal(DataSource dataSource, String table, boolean createTable) {
        this(dataSource, table, createTable, Clock.systemUTC());
    }

    JdbcTaskJournal(DataSource dataSource, String table, boolean createTable, Clock clock) {
        if (!table.matches("([A-Za-z_]\\w{0,127}\\.)?[A-Za-z_]\\w{0,127}")) {
            throw new IllegalArgumentException("Not a name of a table: " + JournalText.ascii(table, LENGTH));
        }
        this.dataSource = dataSource;
        this.table = table;
        this.clock = clock;
        this.upkeep = new Upkeep(clock, this::deleteExpired, table);
        this.ready = !createTable;
    }

    @Override
    public TaskRecord find(String key) throws IOException {
        TaskRecord found = with("read", connection -> select(connection, key));
        return found == null || found.isExpired(clock.instant()) ? null : found;
    }

    @Override
    public TaskRecord record(TaskRecord task) throws IOException {
        upkeep.runIfDue();
        // what the table keeps of it, so that whoever wins knows what the others will read
        TaskRecord kept = new TaskRecord(
                task.key(),
                task.taskId(),
                JournalText.unescape(JournalText.ascii(task.name(), LENGTH)),
                task.created().truncatedTo(ChronoUnit.MILLIS));
        return with("written", connection -> {
            SQLException conflict = null;
            for (int i = 0; i < ATTEMPTS; i++) {
                conflict = tryInsert(connection, kept);
                if (conflict == null) {
                    return kept;
                }
                TaskRecord found = select(connection, kept.key());
                if (found != null && !found.isExpired(clock.instant())) {
                    return found;
                }
                if (found != null) {
                    delete(connection, found);
                }
            }
            throw conflict;
        });
    }

    @Override
    public void remove(TaskRecord task) throws IOException {
        with("written", connection -> delete(connection, task));
    }

    private void deleteExpired() throws IOException {
        int deleted = with(
                "written",
                connection -> update(
                        connection,
                        "DELETE FROM " + table + " WHERE CREATED < ?",
                        CREATED.format(clock.instant().minus(RETENTION))));
        LOG.debug("{} tasks were out of date", deleted);
    }

    /** @return what the insert failed for because of another row, {@code null} if it succeeded */
    private SQLException tryInsert(Connection connection, TaskRecord task) throws SQLException {
        try {
            update(
                    connection,
                    "INSERT INTO " + table
                            + " (KEY_HASH, TASK_KEY, TASK_ID, CLIP_NAME, CREATED) VALUES (?, ?, ?, ?, ?)",
                    JournalText.hash(task.key()),
                    JournalText.ascii(task.key(), LENGTH),
                    JournalText.ascii(task.taskId(), Integer.MAX_VALUE),
                    JournalText.ascii(task.name(), LENGTH),
                    CREATED.format(task.created()));
            return null;
        } catch (SQLException e) {
            if (is(e, CONSTRAINT_VIOLATION)) {
                return e;
            }
            throw e;
        }
    }

    private TaskRecord select(Connection connection, String key) throws SQLException {
        String sql = "SELECT TASK_ID, CLIP_NAME, CREATED FROM " + table + " WHERE KEY_HASH = ?";
        try (PreparedStatement select = prepare(connection, sql, JournalText.hash(key));
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return null;
            }
            String name = row.getString(2);
            return new TaskRecord(
                    key,
                    JournalText.unescape(row.getString(1)),
                    name == null ? "" : JournalText.unescape(name), // to Oracle, no text is null
                    Instant.parse(row.getString(3)));
        } catch (DateTimeException | IllegalArgumentException e) {
            throw new SQLException("the row of the key " + JournalText.ascii(key, LENGTH) + " was altered: " + e, e);
        }
    }

    private int delete(Connection connection, TaskRecord task) throws SQLException {
        return update(
                connection,
                "DELETE FROM " + table + " WHERE KEY_HASH = ? AND TASK_ID = ?",
                JournalText.hash(task.key()),
                JournalText.ascii(task.taskId(), Integer.MAX_VALUE));
    }

    private static int update(Connection connection, String sql, String... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, String... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setString(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Does something, again if another transaction was in the way: each statement can be repeated. */
    @SuppressWarnings("try") // auto-commit is only on
    private <T> T with(String what, Action<T> action) throws IOException {
        for (int i = 1; ; i++) {
            try (Connection connection = dataSource.getConnection();
                    AutoCommit on = AutoCommit.of(connection)) {
                if (!ready) {
                    createTable(connection);
                }
                return action.run(connection);
            } catch (SQLException e) {
                if (i == ATTEMPTS || !is(e, TRANSACTION_ROLLBACK)) {
                    throw new IOException(
                            "The task journal, table " + table + ", can't be " + what + " now: " + e.getMessage(), e);
                }
            }
        }
    }

    private static boolean is(SQLException e, String stateClass) {
        return e.getSQLState() != null && e.getSQLState().startsWith(stateClass);
    }

    private synchronized void createTable(Connection connection) throws SQLException {
        if (ready) {
            return;
        }
        try {
            // that it is there isn't asked first: in H2 it is seen before it is whole, with its primary key; this waits
            // for it
            create(connection, "CREATE TABLE IF NOT EXISTS ");
        } catch (SQLException e) { // not all databases have that
            if (!exists(connection)) {
                createPlainly(connection);
            }
        }
        ready = true;
    }

    private void createPlainly(Connection connection) throws SQLException {
        try {
            create(connection, "CREATE TABLE ");
        } catch (SQLException e) {
            if (!exists(connection)) { // another node may have been faster
                throw e;
            }
        }
    }

    private void create(Connection connection, String command) throws SQLException {
        try (Statement create = connection.createStatement()) {
            create.execute(command + table + " (KEY_HASH VARCHAR(64) NOT NULL PRIMARY KEY,"
                    + " TASK_KEY VARCHAR(255), TASK_ID VARCHAR(255) NOT NULL, CLIP_NAME VARCHAR(255),"
                    + " CREATED VARCHAR(24) NOT NULL)");
        }
    }

    private boolean exists(Connection connection) {
        try (Statement select = connection.createStatement()) {
            select.execute("SELECT KEY_HASH FROM " + table + " WHERE 1 = 0");
            return true;
        } catch (SQLException e) {
            LOG.debug("No table {}: {}", table, e.getMessage());
            return false;
        }
    }

    /** Makes each statement a transaction of its own: after one that failed, the next can go on. */
    private record AutoCommit(Connection connection, boolean before) implements AutoCloseable {

        static AutoCommit of(Connection connection) throws SQLException {
            AutoCommit on = new AutoCommit(connection, connection.getAutoCommit());
            on.set(true);
            return on;
        }

        private void set(boolean value) throws SQLException {
            if (!before) {
                connection.setAutoCommit(value);
            }
        }

        @Override
        public void close() throws SQLException {
            set(before);
        }
    }
}
