package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.journal.EntryText;
import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs SQL on the tables of a journal, which it creates. In the SQL, <code>{ENTRY}</code> is the table {@code ENTRY} by its full
 * name. One connection at a time is used, and is given back as it was.
 */
final class Jdbc {

    private static final Logger LOG = LoggerFactory.getLogger(Jdbc.class);

    /** It becomes a part of statements. PostgreSQL cuts off names at 63 characters. */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_]\\w{0,62}\\.)?[A-Za-z_]\\w{0,49}");

    /** A limit that is hardly ever reached: others would have to interfere this often. */
    private static final int ATTEMPTS = 100;

    /** The SQLSTATE classes of conflicts with others: a key that was inserted meanwhile, or a transaction that was in the way. */
    private static final Pattern CONFLICT = Pattern.compile("(23|40).*");

    /** The index of the ledger has all that a spending limit reads, so that what is older than its period costs nothing. */
    private static final List<String> TABLES = List.of("""
            {ENTRY} (
                ENTRY_KEY VARCHAR(64) NOT NULL PRIMARY KEY,
                STATE VARCHAR(16) NOT NULL,
                OWNER VARCHAR(64) NOT NULL,
                ENTRY VARCHAR(1000000) NOT NULL,
                LAST_USE TIMESTAMP WITH TIME ZONE NOT NULL,
                ATTEMPT VARCHAR(64),
                BYTES BIGINT NOT NULL)""", """
            {PART} (
                ATTEMPT VARCHAR(64) NOT NULL,
                PART VARCHAR(64) NOT NULL,
                NUMBER INTEGER NOT NULL,
                STORED TIMESTAMP WITH TIME ZONE NOT NULL,
                DATA BYTEA NOT NULL,
                PRIMARY KEY (ATTEMPT, PART, NUMBER))""", """
            {LEDGER} (
                REFERENCE VARCHAR(255) NOT NULL PRIMARY KEY,
                SENT TIMESTAMP WITH TIME ZONE NOT NULL,
                OPERATION VARCHAR(255),
                FILE_NAME VARCHAR(255),
                CREDITS NUMERIC(19, 4),
                BILLED VARCHAR(16) NOT NULL,
                ID VARCHAR(255),
                UNIQUE (SENT, BILLED, REFERENCE, CREDITS))""", """
            {OWNER} (
                ID VARCHAR(64) NOT NULL PRIMARY KEY,
                LEASE_END TIMESTAMP WITH TIME ZONE NOT NULL)""");

    private final DataSource dataSource;
    private final String prefix;
    private volatile boolean ready;

    /** What is done in a transaction; it is repeated after a conflict with others. */
    interface Action<T> {
        T run(Session session) throws SQLException, IOException;
    }

    /** Reads the row at which a result is. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /**
     * @param  prefix                   what the names of the tables begin with, with a schema if necessary
     * @param  create                   whether to create tables that don't exist
     * @throws IllegalArgumentException if names of tables can't begin with that
     */
    Jdbc(DataSource dataSource, String prefix, boolean create) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("Not a valid prefix for table names: " + EntryText.escape(prefix, true));
        }
        this.dataSource = dataSource;
        this.prefix = prefix;
        this.ready = !create;
    }

    <T> List<T> query(Reader<T> reader, String sql, Object... parameters) throws IOException {
        return atomically(session -> session.query(reader, sql, parameters));
    }

    int update(String sql, Object... parameters) throws IOException {
        return atomically(session -> session.update(sql, parameters));
    }

    /** Does several things, or nothing at all. */
    <T> T atomically(Action<T> action) throws IOException {
        for (int i = 1; ; i++) {
            try (Connection connection = dataSource.getConnection()) {
                return atomically(new Session(connection), action);
            } catch (SQLException e) {
                String state = e.getSQLState();
                if (i == ATTEMPTS || state == null || !CONFLICT.matcher(state).matches()) {
                    throw new IOException("The tables " + prefix + "... can't be used now: " + e.getMessage(), e);
                }
            }
        }
    }

    /** Leaves the connection as it was. */
    private <T> T atomically(Session session, Action<T> action) throws SQLException, IOException {
        Connection connection = session.connection;
        boolean before = connection.getAutoCommit();
        boolean done = false;
        connection.setAutoCommit(false);
        try {
            createTablesOnce(session);
            T result = action.run(session);
            connection.commit();
            done = true;
            return result;
        } finally {
            if (!done) {
                connection.rollback();
            }
            connection.setAutoCommit(before);
        }
    }

    private void createTablesOnce(Session session) throws SQLException {
        if (!ready) {
            synchronized (this) {
                for (String table : TABLES) {
                    create(session, table);
                }
                ready = true;
            }
        }
    }

    private static void create(Session session, String table) throws SQLException {
        try {
            // Not checked for existence first: while another node creates the table, H2 shows it before it has its
            // primary key, whereas this statement waits until it is complete.
            session.update("CREATE TABLE IF NOT EXISTS " + table);
            session.connection.commit();
        } catch (SQLException e) {
            session.connection.rollback(); // so that what follows a failed statement still works
            try { // another node may have created it meanwhile, or somebody who may do so
                session.exists(table.substring(0, table.indexOf(' ')) + " WHERE 1 = 0");
            } catch (SQLException missing) {
                LOG.debug("There is no such table", missing);
                throw e;
            }
        }
    }

    /**
     * Returns the time that it is in the database after (or before, if negative) the current time, in SQL. It has the hours
     * apart, as PostgreSQL takes no more than 24855 days in seconds, and no days, as they have 23 hours at times.
     */
    static String fromNow(Duration time) {
        String sign = time.isNegative() ? " - " : " + ";
        Duration length = time.abs();
        BigDecimal seconds =
                BigDecimal.valueOf(length.minusHours(length.toHours()).toMillis(), 3);
        return "CURRENT_TIMESTAMP" + sign + "INTERVAL '" + length.toHours() + "' HOUR" + sign + "INTERVAL '" + seconds
                + "' SECOND";
    }

    /** Returns the full name of a table, or SQL with the full names of tables. */
    String named(String sql) {
        return sql.replace("{", prefix).replace("}", "");
    }

    final class Session {

        private final Connection connection;

        private Session(Connection connection) {
            this.connection = connection;
        }

        <T> List<T> query(Reader<T> reader, String sql, Object... parameters) throws SQLException {
            try (PreparedStatement statement = prepare(sql, parameters);
                    ResultSet row = statement.executeQuery()) {
                List<T> rows = new ArrayList<>();
                while (row.next()) {
                    rows.add(reader.read(row));
                }
                return rows;
            }
        }

        /** @param rows a table and a condition */
        boolean exists(String rows, Object... parameters) throws SQLException {
            return !query(row -> row.getInt(1), "SELECT 1 FROM " + rows, parameters)
                    .isEmpty();
        }

        int update(String sql, Object... parameters) throws SQLException {
            try (PreparedStatement statement = prepare(sql, parameters)) {
                return statement.executeUpdate();
            }
        }

        private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(named(sql));
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return statement;
        }
    }
}
