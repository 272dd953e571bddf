package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.journal.JournalText;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The tables of a {@link JdbcJournal}: their names, and how they are made. */
final class JdbcTables {

    private static final Logger LOG = LoggerFactory.getLogger(JdbcTables.class);

    /** It becomes a part of statements. PostgreSQL cuts off names at 63 characters. */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z_]\\w{0,62}\\.)?[A-Za-z_]\\w{0,49}");

    private static final String ENTRIES = """
            ENTRY_KEY VARCHAR(64) NOT NULL PRIMARY KEY,
            STATE VARCHAR(16) NOT NULL,
            OWNER VARCHAR(64) NOT NULL,
            ENTRY VARCHAR(1000000) NOT NULL,
            LAST_USE TIMESTAMP WITH TIME ZONE NOT NULL,
            ATTEMPT VARCHAR(64),
            BYTES BIGINT NOT NULL""";

    private static final String PARTS = """
            ATTEMPT VARCHAR(64) NOT NULL,
            PART VARCHAR(64) NOT NULL,
            NUMBER INTEGER NOT NULL,
            STORED TIMESTAMP WITH TIME ZONE NOT NULL,
            DATA BYTEA NOT NULL,
            PRIMARY KEY (ATTEMPT, PART, NUMBER)""";

    private static final String LEDGER = """
            REFERENCE VARCHAR(255) NOT NULL PRIMARY KEY,
            SENT TIMESTAMP WITH TIME ZONE NOT NULL,
            OPERATION VARCHAR(255),
            FILE_NAME VARCHAR(255),
            CREDITS NUMERIC(19, 4) NOT NULL,
            BILLED VARCHAR(16) NOT NULL,
            ID VARCHAR(255)""";

    private static final String OWNERS = """
            ID VARCHAR(64) NOT NULL PRIMARY KEY,
            LEASE_END TIMESTAMP WITH TIME ZONE NOT NULL""";

    private final String entries;
    private final String parts;
    private final String ledger;
    private final String owners;
    private volatile boolean ready;

    /**
     * @param  prefix                   what the names of the tables begin with, with a schema if necessary
     * @param  create                   whether to create tables that don't exist
     * @throws IllegalArgumentException if names of tables can't begin with that
     */
    JdbcTables(String prefix, boolean create) {
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "Names of tables can't begin with this: " + JournalText.ascii(prefix, 100));
        }
        entries = prefix + "ENTRY";
        parts = prefix + "PART";
        ledger = prefix + "LEDGER";
        owners = prefix + "OWNER";
        ready = !create;
    }

    /** For each key, its entry. */
    String entries() {
        return entries;
    }

    /** The answers, in pieces. */
    String parts() {
        return parts;
    }

    /** What was charged. */
    String ledger() {
        return ledger;
    }

    /** The leases. */
    String owners() {
        return owners;
    }

    /** Creates the tables that don't exist, if that is wanted. Each statement has to be a transaction of its own. */
    void createOnce(Connection connection) throws SQLException {
        if (!ready) {
            createAll(connection);
        }
    }

    private synchronized void createAll(Connection connection) throws SQLException {
        if (!ready) {
            create(connection, entries, ENTRIES);
            create(connection, parts, PARTS);
            create(connection, ledger, LEDGER);
            create(connection, owners, OWNERS);
            ready = true;
        }
    }

    private static void create(Connection connection, String table, String columns) throws SQLException {
        try {
            // Not checked for existence first: while another node creates the table, H2 shows it before it has its
            // primary key, whereas this statement waits until it is complete.
            execute(connection, "CREATE TABLE IF NOT EXISTS " + table + " (" + columns + ")");
        } catch (SQLException e) {
            if (!exists(connection, table)) { // another node may have created it meanwhile
                throw e;
            }
        }
    }

    private static boolean exists(Connection connection, String table) {
        try {
            execute(connection, "SELECT 1 FROM " + table + " WHERE 1 = 0");
            return true;
        } catch (SQLException e) {
            LOG.debug("No table {}: {}", table, e.getMessage());
            return false;
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
