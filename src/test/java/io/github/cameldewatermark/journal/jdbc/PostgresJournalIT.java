package io.github.cameldewatermark.journal.jdbc;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.condition.EnabledIf;
import org.postgresql.ds.PGSimpleDataSource;

/** The journal in PostgreSQL. */
@EnabledIf(value = "start", disabledReason = "the PostgreSQL in the pom is for linux-amd64")
class PostgresJournalIT extends JdbcJournalContract {

    private static EmbeddedPostgres postgres;

    /** @return whether there is one for this platform */
    static boolean start() throws IOException {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target/postgres"))
                    .setPGStartupWait(Duration.ofMinutes(2))
                    .start();
            return true;
        } catch (IllegalStateException e) {
            if ("Missing embedded postgres binaries".equals(e.getMessage())) {
                return false;
            }
            throw e;
        }
    }

    @AfterAll
    static void stop() throws IOException {
        postgres.close();
    }

    @Override
    DataSource database() throws SQLException {
        return database("");
    }

    private static DataSource database(String options) throws SQLException {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) postgres.getPostgresDatabase();
        dataSource.setOptions(options);
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String table : List.of("ENTRY", "PART", "LEDGER", "OWNER")) {
                statement.execute("DROP TABLE IF EXISTS DEWATERMARK_" + table);
            }
        }
        return dataSource;
    }

    /** A statement that fails makes the rest of its transaction fail. */
    @Nested
    class WithoutAutoCommit extends JdbcJournalContract {

        @Override
        DataSource database() throws SQLException {
            return PostgresJournalIT.database("");
        }

        @Override
        boolean autoCommit() {
            return false;
        }
    }

    /** Of two that are in each other's way, one fails with SQLSTATE 40001. */
    @Nested
    class Serializable extends JdbcJournalContract {

        @Override
        DataSource database() throws SQLException {
            return PostgresJournalIT.database("-c default_transaction_isolation=serializable");
        }
    }
}
