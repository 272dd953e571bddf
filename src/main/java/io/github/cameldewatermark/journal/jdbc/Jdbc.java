package io.github.cameldewatermark.journal.jdbc;

import java.io.IOException;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Runs SQL, on one connection at a time, which is given back as it was. A failure says which table it was about. */
final class Jdbc {

    /** A limit that is hardly ever reached: others would have to interfere this often. */
    private static final int ATTEMPTS = 100;

    // the SQLSTATE classes of conflicts with others
    private static final String CONSTRAINT_VIOLATION = "23";
    private static final String TRANSACTION_ROLLBACK = "40";

    private final DataSource dataSource;
    private final JdbcTables tables;

    /** What is done with a connection; it can be repeated after a conflict with others. */
    interface Action<T> {
        T run(Connection connection) throws SQLException, IOException;
    }

    /** Reads the row at which a result is. */
    interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    Jdbc(DataSource dataSource, JdbcTables tables) {
        this.dataSource = dataSource;
        this.tables = tables;
    }

    /** Returns what the rows are read as. */
    <T> List<T> query(String table, Reader<T> reader, String sql, Object... parameters) throws IOException {
        return run(table, "read", true, connection -> query(connection, reader, sql, parameters));
    }

    /** Returns how many rows are changed. */
    int update(String table, String sql, Object... parameters) throws IOException {
        return run(table, "written", true, connection -> update(connection, sql, parameters));
    }

    /** Inserts a row. Returns whether it did; if not, there is one with this key. */
    boolean insert(String table, String sql, Object... parameters) throws IOException {
        return run(table, "written", true, connection -> {
            try {
                return update(connection, sql, parameters) == 1;
            } catch (SQLException e) {
                if (is(e, CONSTRAINT_VIOLATION)) {
                    return false;
                }
                throw e;
            }
        });
    }

    /** Does several things, or nothing at all. */
    <T> T atomically(String table, Action<T> action) throws IOException {
        return run(table, "written", false, connection -> {
            try {
                T result = action.run(connection);
                connection.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException | Error e) {
                try {
                    connection.rollback();
                } catch (SQLException broken) {
                    e.addSuppressed(broken);
                }
                throw e;
            }
        });
    }

    static <T> List<T> query(Connection connection, Reader<T> reader, String sql, Object... parameters)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet row = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (row.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        }
    }

    static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Returns the time that it is in the database after (or before, if negative) the current time, in SQL. */
    static String fromNow(Duration time) {
        BigDecimal seconds = BigDecimal.valueOf(time.abs().toMillis(), 3);
        return "CURRENT_TIMESTAMP " + (time.isNegative() ? "-" : "+") + " INTERVAL '" + seconds + "' SECOND";
    }

    /**
     * @param what       what is to be done with the table, for the message of a failure
     * @param autoCommit whether each statement is a transaction of its own; otherwise the action ends it
     */
    <T> T run(String table, String what, boolean autoCommit, Action<T> action) throws IOException {
        for (int i = 1; ; i++) {
            try (Connection connection = dataSource.getConnection();
                    AutoCommit mode = new AutoCommit(connection, connection.getAutoCommit())) {
                mode.set(true); // so that what follows a failed statement still works
                tables.createOnce(connection);
                mode.set(autoCommit);
                return action.run(connection);
            } catch (SQLException e) {
                boolean conflict = is(e, TRANSACTION_ROLLBACK) || !autoCommit && is(e, CONSTRAINT_VIOLATION);
                if (i == ATTEMPTS || !conflict) {
                    throw new IOException("The table " + table + " can't be " + what + " now: " + e.getMessage(), e);
                }
            }
        }
    }

    private static boolean is(SQLException e, String stateClass) {
        return e.getSQLState() != null && e.getSQLState().startsWith(stateClass);
    }

    /** Whether each statement of a connection is a transaction of its own; closing this restores how it was. */
    private record AutoCommit(Connection connection, boolean before) implements AutoCloseable {

        void set(boolean value) throws SQLException {
            if (connection.getAutoCommit() != value) {
                connection.setAutoCommit(value);
            }
        }

        @Override
        public void close() throws SQLException {
            set(before);
        }
    }
}
