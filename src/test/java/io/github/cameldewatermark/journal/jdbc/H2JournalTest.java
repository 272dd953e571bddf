package io.github.cameldewatermark.journal.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

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
