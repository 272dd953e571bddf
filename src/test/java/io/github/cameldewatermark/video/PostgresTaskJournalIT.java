package io.github.cameldewatermark.video;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.opentest4j.TestAbortedException;
import org.postgresql.ds.PGSimpleDataSource;

/** The journal that is a table of PostgreSQL. */
class PostgresTaskJournalIT extends JdbcTaskJournalContract {

    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws IOException {
        try {
            postgres = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(new File("target/postgres"))
                    .start();
        } catch (IllegalStateException e) {
            if ("Missing embedded postgres binaries".equals(e.getMessage())) {
                throw new TestAbortedException("There is no PostgreSQL for this platform: postgres.platform", e);
            }
            throw e;
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (postgres != null) {
            postgres.close();
        }
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
            statement.execute("DROP TABLE IF EXISTS DEWATERMARK_TASK");
        }
        return dataSource;
    }

    /** A statement that fails makes the rest of its transaction fail. */
    @Nested
    class WithoutAutoCommit extends JdbcTaskJournalContract {

        @Override
        DataSource database() throws SQLException {
            return PostgresTaskJournalIT.database("");
        }

        @Override
        boolean autoCommit() {
            return false;
        }
    }

    /** Of two that are in each other's way, one fails with SQLSTATE 40001. */
    @Nested
    class Serializable extends JdbcTaskJournalContract {

        @Override
        DataSource database() throws SQLException {
            return PostgresTaskJournalIT.database("-c default_transaction_isolation=serializable");
        }
    }
}
