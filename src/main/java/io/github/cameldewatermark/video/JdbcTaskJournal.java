package io.github.cameldewatermark.video;

import io.github.cameldewatermark.journal.JournalText;
import io.github.cameldewatermark.journal.Upkeep;
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
 * A {@link TaskJournal} in a database table, for nodes that share their work. The primary key ensures that each clip is
 * recorded once. The table is created when it is first needed, unless it exists:
 *
 * <pre>
 * CREATE TABLE DEWATERMARK_TASK (
 *     KEY_HASH  VARCHAR(64)  NOT NULL PRIMARY KEY,  -- SHA-256 of the key, so that any text can be a key
 *     TASK_KEY  VARCHAR(255),                       -- the key, for human readers only
 *     TASK_ID   VARCHAR(255) NOT NULL,
 *     CLIP_NAME VARCHAR(255),
 *     CREATED   VARCHAR(24)  NOT NULL               -- ISO 8601 in UTC, which sorts as text
 * )
 * </pre>
 *
 * The texts are ASCII, with {@code \\uXXXX} for all other characters, so that neither the encoding nor the collation of the
 * database matters. Key and name are cut off at 255 characters. Rows older than {@link TaskJournal#RETENTION} are deleted now
 * and then.
 *
 * <p>Each statement is a transaction of its own: pass the data source itself, not one that takes part in the transactions of
 * a route, because a rollback would undo the record of a paid task. The auto-commit setting of connections is restored.
 * Timeouts of statements are up to the data source.
 */
public final class JdbcTaskJournal implements TaskJournal {

    /** The default name of the table. */
    public static final String DEFAULT_TABLE = "DEWATERMARK_TASK";

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTaskJournal.class);

    /** A limit that is hardly ever reached: other nodes would have to interfere this often. */
    private static final int ATTEMPTS = 100;

    private static final int LENGTH = 255;

    // the SQLSTATE classes of conflicts with other nodes
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

    /** Opens a journal in the table {@link #DEFAULT_TABLE}, which is created if it doesn't exist. */
    public JdbcTaskJournal(DataSource dataSource) {
        this(dataSource, DEFAULT_TABLE, true);
    }

    /**
     * Opens a journal.
     *
     * @param  table                    the name of the table, with its schema if necessary: {@code schema.table}
     * @param  createTable              whether to create the table if it doesn't exist
     * @throws IllegalArgumentException if that is not a valid table name
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
        // as the table stores it, so that the node that wins gets the same record as the others will read
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

    /** Inserts a row; returns the exception if a row with this key exists, {@code null} if the insert succeeded. */
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
                    name == null ? "" : JournalText.unescape(name), // Oracle stores an empty text as null
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

    /** Runs an action, and repeats it if it was rolled back because of another transaction; all actions can be repeated. */
    @SuppressWarnings("try") // the AutoCommit isn't used in the body
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
            // Not checked for existence first: while another node creates the table, H2 shows it before it has its
            // primary key, whereas this statement waits until it is complete.
            create(connection, "CREATE TABLE IF NOT EXISTS ");
        } catch (SQLException e) { // not all databases support IF NOT EXISTS
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
            if (!exists(connection)) { // another node may have created it meanwhile
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

    /** Makes each statement a transaction of its own, so that statements after a failed one still work. */
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
