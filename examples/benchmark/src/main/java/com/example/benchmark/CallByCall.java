package com.example.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** A contender that does one picture at a time in each of several threads. */
abstract class CallByCall implements Contender {

    /** They stay: what threads have allocated is only known as long as they live. */
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private final AtomicLong bytes = new AtomicLong();
    private volatile byte[] result;

    /**
     * Cleans a picture.
     *
     * @return the result; called by several threads at once
     */
    abstract Outcome clean(Path picture) throws Exception;

    @Override
    public final void prepare(Task task) {
        bytes.set(0);
        result = null;
    }

    @Override
    public final void run(Task task) throws Exception {
        AtomicInteger left = new AtomicInteger(task.count());
        Callable<Void> worker = () -> {
            while (left.getAndDecrement() > 0) {
                Outcome cleaned = clean(task.file());
                bytes.addAndGet(cleaned.bytes());
                if (left.get() <= 0) {
                    result = cleaned.result(); // one of the last
                }
            }
            return null;
        };
        List<Future<Void>> workers = new ArrayList<>();
        for (int i = 0; i < task.concurrency(); i++) {
            workers.add(threads.submit(worker));
        }
        for (Future<Void> each : workers) {
            each.get();
        }
    }

    @Override
    public Outcome outcome(Task task) {
        return new Outcome(bytes.get(), result);
    }

    @Override
    public void close() throws Exception {
        threads.shutdownNow();
    }
}
