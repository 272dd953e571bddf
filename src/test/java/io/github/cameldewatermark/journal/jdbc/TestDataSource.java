package io.github.cameldewatermark.journal.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Logger;
import javax.sql.DataSource;

/**
 * A pool of one connection, as some are: without auto-commit. It sees how the connection comes back, and can be cut off, as by a
 * broken network.
 */
final class TestDataSource implements DataSource {

    private final DataSource dataSource;
    private final boolean autoCommit;
    private final Semaphore free = new Semaphore(1);
    private final AtomicInteger changed = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private Connection connection;
    private volatile boolean cutOff;

    TestDataSource(DataSource dataSource, boolean autoCommit) {
        this.dataSource = dataSource;
        this.autoCommit = autoCommit;
    }

    void cutOff(boolean now) {
        cutOff = now;
    }

    /** Returns how often the connection was taken. */
    int taken() {
        return taken.get();
    }

    /** Closes the pool. */
    void assertAllCameBackAsTheyWere() throws SQLException {
        assertThat(free.tryAcquire()).as("the connection came back").isTrue();
        assertThat(changed.get())
                .as("connections that came back with another auto-commit")
                .isZero();
        if (connection != null) {
            connection.close();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (cutOff) {
            throw new SQLNonTransientConnectionException("Connection refused", "08001");
        }
        try {
            if (!free.tryAcquire(20, TimeUnit.SECONDS)) {
                throw new SQLTransientConnectionException("the only connection doesn't come back", "08001");
            }
        } catch (InterruptedException e) {
            throw new SQLException(e);
        }
        if (connection == null) {
            connection = dataSource.getConnection();
            connection.setAutoCommit(autoCommit);
        }
        taken.incrementAndGet();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, args) -> {
                    if (method.getName().equals("close")) {
                        comesBack();
                        return null;
                    }
                    try {
                        return method.invoke(connection, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void comesBack() throws SQLException {
        if (connection.getAutoCommit() != autoCommit) {
            changed.incrementAndGet();
        }
        if (!connection.getAutoCommit()) {
            connection.rollback(); // what wasn't committed is lost
        }
        free.release();
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
