package io.github.cameldewatermark;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The threads of a component, managed by Camel. */
final class ThreadPools {

    private final ExecutorServiceManager manager;
    private final ExecutorService pool;
    private final ScheduledExecutorService timer;
    private final Workers workers;

    ThreadPools(CamelContext context, Object source, int maxConcurrentRequests) {
        manager = context.getExecutorServiceManager();
        pool = manager.newCachedThreadPool(source, "Dewatermark");
        timer = manager.newScheduledThreadPool(source, "DewatermarkTimer", timerProfile());
        workers = new Workers(pool, maxConcurrentRequests);
    }

    Workers workers() {
        return workers;
    }

    /** Returns threads for what must not wait for a worker. */
    Executor threads() {
        return pool;
    }

    ScheduledExecutorService timer() {
        return timer;
    }

    /**
     * Lets the workers finish their tasks, for as long as Camel's shutdown timeout allows. Tasks still queued after that run
     * here: each belongs to an exchange that would otherwise hang for ever, and fails at once because the connections are
     * closed. Route steps that were interrupted then get the same time again: an exchange that outlives the context leaves
     * its file in place, to be processed again even if it has been paid for.
     */
    void shutdown() {
        manager.shutdownGraceful(timer);
        workers.close();
        pool.shutdown();
        awaitThreads();
        pool.shutdownNow();
        workers.runRest();
        awaitThreads();
        manager.shutdown(pool); // so that Camel forgets the pool
    }

    private void awaitThreads() {
        try {
            manager.awaitTermination(pool, manager.getShutdownAwaitTermination());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The queue is unbounded, because Camel's default rejects more than 1000 waiting tasks. */
    private static ThreadPoolProfile timerProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile("dewatermark-timer");
        profile.setPoolSize(1);
        profile.setMaxQueueSize(-1);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
