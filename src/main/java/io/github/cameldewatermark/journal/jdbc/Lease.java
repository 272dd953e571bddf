package io.github.cameldewatermark.journal.jdbc;

import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that an owner lives, for some seconds at a time. Whether a lease is over is decided by the time of the database, as the
 * clocks of nodes differ. It is renewed as long as its owner works on something; else it is given back, so that a lease that is
 * over belongs to an owner who has died, stands still, or can't reach the database.
 */
final class Lease implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

    private final Jdbc jdbc;
    private final Duration duration;
    private final BooleanSupplier isWorking;
    private final String me = UUID.randomUUID().toString();
    private final ScheduledThreadPoolExecutor thread;

    private boolean held;
    private boolean scheduled;
    private boolean closed;
    private long renewed;

    /**
     * @param duration  how long it holds if it isn't renewed
     * @param isWorking whether its owner works on something
     */
    Lease(Jdbc jdbc, Duration duration, BooleanSupplier isWorking) {
        this.jdbc = jdbc;
        this.duration = duration;
        this.isWorking = isWorking;
        this.thread = new ScheduledThreadPoolExecutor(1, task -> {
            Thread daemon = new Thread(task, "dewatermark-journal-lease");
            daemon.setDaemon(true);
            return daemon;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        // it ends when there is nothing to do: nobody may close a journal that is a bean
        thread.setKeepAliveTime(duration.toMillis(), TimeUnit.MILLISECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    String me() {
        return me;
    }

    /** Returns the condition that an owner has a lease, in SQL. */
    static String holds(String owner) {
        return "EXISTS (SELECT 1 FROM {OWNER} WHERE ID = " + owner + " AND LEASE_END > CURRENT_TIMESTAMP)";
    }

    /** Sees to it that this owner has a lease; to be called after it has begun to work on something. */
    synchronized void ensure() throws IOException {
        if (closed) {
            throw new IOException("The journal is closed");
        }
        if (!held || System.nanoTime() - renewed > duration.toNanos() / 2) {
            renew();
        }
        schedule();
    }

    /** The thread isn't interrupted, because that would break an embedded database. */
    @Override
    public synchronized void close() {
        closed = true;
        thread.shutdown();
        try {
            giveBack();
        } catch (IOException | RuntimeException e) {
            LOG.debug("The lease {} could not be given back; it expires soon", me, e);
        }
    }

    private void schedule() {
        if (!scheduled) {
            thread.schedule(this::tick, duration.toMillis() / 3, TimeUnit.MILLISECONDS);
            scheduled = true;
        }
    }

    private synchronized void tick() {
        scheduled = false;
        if (closed) {
            return;
        }
        try {
            if (isWorking.getAsBoolean()) {
                renew();
            } else {
                giveBack();
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "The lease on what is being paid for can't be renewed. This is tried again, but once it expires, others"
                            + " may take over: {}",
                    e.getMessage());
        }
        if (held) {
            schedule();
        }
    }

    private void renew() throws IOException {
        String end = Jdbc.fromNow(duration);
        if (jdbc.update("UPDATE {OWNER} SET LEASE_END = " + end + " WHERE ID = ?", me) == 0) {
            jdbc.update("INSERT INTO {OWNER} (ID, LEASE_END) VALUES (?, " + end + ")", me);
        }
        held = true;
        renewed = System.nanoTime();
    }

    private void giveBack() throws IOException {
        if (held) {
            jdbc.update("DELETE FROM {OWNER} WHERE ID = ?", me);
            held = false;
        }
    }
}
