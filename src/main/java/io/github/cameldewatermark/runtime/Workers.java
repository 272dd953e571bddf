package io.github.cameldewatermark.runtime;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/**
 * Runs what calls the API: so much at once, on threads of a pool that grows. A thread that is done with its call gives its permit
 * back before the route goes on ({@link #release}), so a step behind it that blocks doesn't keep others from their calls.
 */
public final class Workers implements Executor {

    /** If the steps behind so many calls are blocked, something is wrong there: no more is paid for. */
    private static final int MOST_RELEASED = 2000;

    private final Executor pool;
    private final int limit;
    private final int mostReleased;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    /** Whether the current thread has a permit; {@code null} on a thread that is no worker. */
    private final ThreadLocal<Boolean> permit = new ThreadLocal<>();

    private int working;
    private int released;
    private boolean closed;

    /**
     * @param pool  runs each task at once, on a thread of its own
     * @param limit how many tasks may have a permit at once
     */
    Workers(Executor pool, int limit) {
        this(pool, limit, MOST_RELEASED);
    }

    Workers(Executor pool, int limit, int mostReleased) {
        this.pool = pool;
        this.limit = limit;
        this.mostReleased = mostReleased;
    }

    /** Whether the current thread is a worker, with or without a permit. */
    public boolean isWorker() {
        return permit.get() != null;
    }

    /** Returns how many tasks wait for a permit. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Runs a task after those that wait. */
    @Override
    public void execute(Runnable task) {
        add(task, waiting::addLast);
    }

    /** Runs a task before those that wait: the next step of an exchange that has begun goes before what is new. */
    public void executeNext(Runnable task) {
        add(task, waiting::addFirst);
    }

    private void add(Runnable task, Consumer<Runnable> place) {
        synchronized (this) {
            if (closed) {
                throw new RejectedExecutionException("The dewatermark component is stopped");
            }
            place.accept(task);
        }
        startNext();
    }

    /** Gives the permit of the current thread back, if it has one. */
    public void release() {
        if (Boolean.TRUE.equals(permit.get()) && tryRelease()) {
            permit.set(false);
            startNext();
        }
    }

    /** Takes no more tasks. Those that wait are still run, by the threads that are there. */
    synchronized void close() {
        closed = true;
    }

    void runRest() {
        for (Runnable task = take(Integer.MAX_VALUE); task != null; task = take(Integer.MAX_VALUE)) {
            work(task);
        }
    }

    private void startNext() {
        Runnable task = take(limit);
        if (task == null) {
            return;
        }
        try {
            pool.execute(() -> work(task));
        } catch (RejectedExecutionException | OutOfMemoryError e) {
            putBack(task); // no thread, as the pool is shut down or there are too many: one that is there takes it
        }
    }

    private void work(Runnable first) {
        Boolean before = permit.get();
        try {
            for (Runnable task = first; task != null; task = take(limit)) {
                permit.set(true);
                try {
                    task.run();
                } finally {
                    end(permit.get());
                }
            }
        } finally {
            permit.set(before);
            startNext(); // only if a task has failed is there one
        }
    }

    private synchronized Runnable take(int most) {
        Runnable task = working >= most ? null : waiting.pollFirst();
        if (task != null) {
            working++;
        }
        return task;
    }

    private synchronized boolean tryRelease() {
        if (released >= mostReleased) {
            return false;
        }
        released++;
        working--;
        return true;
    }

    private synchronized void end(boolean hasPermit) {
        if (hasPermit) {
            working--;
        } else {
            released--;
        }
    }

    private synchronized void putBack(Runnable task) {
        waiting.addFirst(task);
        working--;
    }
}
