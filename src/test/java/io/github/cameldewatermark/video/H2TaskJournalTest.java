package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

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

    @Test
    void aDatabaseThatDoesNotKnowIfNotExistsGetsTheTable() throws Exception {
        AtomicInteger refused = new AtomicInteger();
        DataSource older = withoutIfNotExists(database(), refused);

        for (int node = 1; node <= 2; node++) {
            journal = new JdbcTaskJournal(older, JdbcTaskJournal.DEFAULT_TABLE, true, clock);
            journal.record(task("clip " + node, "t" + node));
        }

        assertThat(refused.get()).isEqualTo(2);
        assertThat(journal.find("clip 1")).isEqualTo(task("clip 1", "t1"));
    }

    /** As Derby, and Oracle before 23. */
    private static DataSource withoutIfNotExists(DataSource database, AtomicInteger refused) {
        return proxy(DataSource.class, (getConnection, none) -> {
            Connection connection = database.getConnection();
            return proxy(Connection.class, (method, args) -> {
                Object result = method.invoke(connection, args);
                if (!method.getName().equals("createStatement")) {
                    return result;
                }
                return proxy(Statement.class, (execute, sql) -> {
                    if (sql != null && sql[0].toString().contains("IF NOT EXISTS")) {
                        refused.incrementAndGet();
                        throw new SQLSyntaxErrorException(sql[0].toString());
                    }
                    return execute.invoke(result, sql);
                });
            });
        });
    }

    private interface Call {
        Object of(Method method, Object[] args) throws Exception;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, args) -> {
            try {
                return call.of(method, args);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
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
