package io.github.cameldewatermark.video;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The journal that is a table of H2. */
class H2TaskJournalTest extends JdbcTaskJournalContract {

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
        first.close();
    }

    @Nested
    class WithoutAutoCommit extends JdbcTaskJournalContract {

        @Override
        DataSource database() throws SQLException {
            return H2TaskJournalTest.this.database();
        }

        @Override
        boolean autoCommit() {
            return false;
        }
    }
}
