package io.github.cameldewatermark.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The journal in H2. */
class H2JournalTest extends JdbcJournalContract {

    /** The database is there as long as this is open. */
    private Connection first;

    @Override
    DataSource database() throws SQLException {
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:mem:" + UUID.randomUUID());
        first = h2.getConnection();
        return h2;
    }

    @AfterEach
    void closeDatabase() throws SQLException {
        closeAll();
        first.close();
    }

    @Test
    void whoMayNotCreateAnIndexDoesWithoutIt() throws Exception {
        JdbcDataSource h2 = (JdbcDataSource) database();
        try (JdbcJournal owner = new JdbcJournal(h2);
                Connection connection = h2.getConnection();
                Statement statement = connection.createStatement()) {
            owner.check();
            statement.execute("DROP INDEX DEWATERMARK_LEDGER_SENT");
            statement.execute("CREATE USER writer PASSWORD ''");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON SCHEMA PUBLIC TO writer");
            h2.setUser("writer");
        }
        try (JdbcJournal writer = new JdbcJournal(h2)) {
            writer.charged(charge("a", "1", Duration.ZERO));

            assertThat(writer.spent(Duration.ofHours(1))).isEqualByComparingTo("1");
        }
    }

    @Nested
    class WithoutAutoCommit extends JdbcJournalContract {

        @Override
        DataSource database() throws SQLException {
            return H2JournalTest.this.database();
        }

        @Override
        boolean autoCommit() {
            return false;
        }
    }
}
