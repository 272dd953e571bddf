package io.github.cameldewatermark.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A data source that hands out connections as some pools do, without auto-commit, and sees how they come back. A thread that takes a
 * second one fails, as it would hang with a pool of one. It can be cut off, as by a broken network.
 */
final class TestDataSource implements DataSource {

    private final DataSource dataSource;
    private final boolean autoCommit;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private final ThreadLocal<Boolean> mine = ThreadLocal.withInitial(() -> false);
    private volatile boolean cutOff;

    TestDataSource(DataSource dataSource, boolean autoCommit) {
        this.dataSource = dataSource;
        this.autoCommit = autoCommit;
    }

    void cutOff(boolean now) {
        cutOff = now;
    }

    /** Returns how many connections were taken. */
    int taken() {
        return taken.get();
    }

    void assertAllCameBackAsTheyWere() {
        assertThat(open.get()).as("connections that are still open").isZero();
        assertThat(changed.get())
                .as("connections that came back with another auto-commit")
                .isZero();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cutOff) {
            throw new SQLNonTransientConnectionException("Connection refused", "08001");
        }
        if (mine.get()) {
            throw new SQLException("a thread takes a second connection");
        }
        Connection connection = dataSource.getConnection();
        connection.setAutoCommit(autoCommit);
        open.incrementAndGet();
        taken.incrementAndGet();
        mine.set(true);
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        comesBack(connection);
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void comesBack(Connection connection) throws SQLException {
        open.decrementAndGet();
        mine.set(false);
        if (connection.getAutoCommit() != autoCommit) {
            changed.incrementAndGet();
        }
        if (!connection.getAutoCommit()) {
            connection.rollback(); // what wasn't committed is lost
        }
    }

    @Override
    public Connection getConnection(String user, String password) {
        throw new UnsupportedOperationException();
    }

    @Override
    public PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(PrintWriter out) {}

    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return 0;
    }

    @Override
    public Logger getParentLogger() {
        return null;
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("no " + type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
