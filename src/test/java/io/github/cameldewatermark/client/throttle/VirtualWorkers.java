package io.github.cameldewatermark.client.throttle;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Workers in virtual time. What runs on them may block with {@link #sleep}, while the others and the timer go on. Only
 * one thread runs at any moment, so each run is the same.
 */
final class VirtualWorkers implements Executor {

    /** They are used again: a worker often has little to do. */
    private static final Executor THREADS = Executors.newCachedThreadPool(work -> {
        Thread worker = new Thread(work, "virtual-worker");
        worker.setDaemon(true);
        return worker;
    });

    private final VirtualTimer time;
    private final Queue<Runnable> queue = new ArrayDeque<>();
    private final Semaphore control = new Semaphore(0);
    private int idle;
    private Throwable failure;

    VirtualWorkers(VirtualTimer time, int count) {
        this.time = time;
        this.idle = count;
    }

    @Override
    public void execute(Runnable work) {
        queue.add(work);
        if (idle > 0) {
            idle--;
            time.schedule(() -> letRun(() -> THREADS.execute(this::work)), 0, TimeUnit.NANOSECONDS);
        }
    }

    /** Blocks the worker that calls this. */
    void sleep(Duration duration) {
        Semaphore wake = new Semaphore(0);
        time.schedule(() -> letRun(wake::release), duration.toNanos(), TimeUnit.NANOSECONDS);
        control.release();
        wake.acquireUninterruptibly();
    }

    /** Lets time pass until nothing is left to do. */
    void runAll() {
        while (failure == null && time.untilNext().isPresent()) {
            time.runNext();
        }
        if (failure != null) {
            throw new AssertionError("A worker failed", failure);
        }
    }

    private void letRun(Runnable resume) {
        resume.run();
        control.acquireUninterruptibly();
    }

    private void work() {
        try {
            for (Runnable work = queue.poll(); work != null; work = queue.poll()) {
                work.run();
            }
        } catch (Throwable e) {
            failure = e;
        } finally {
            idle++;
            control.release();
        }
    }
}
