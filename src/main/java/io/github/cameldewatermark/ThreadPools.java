package io.github.cameldewatermark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The thread pools of a component, managed by Camel. They reject rather than run a task on the thread of the caller. */
final class ThreadPools {

    private final ExecutorServiceManager manager;
    private final ExecutorService workerPool;
    private final ScheduledExecutorService timer;
    private final Workers workers;

    ThreadPools(CamelContext context, Object source, int size) {
        manager = context.getExecutorServiceManager();
        workerPool = manager.newThreadPool(source, "Dewatermark", workerProfile(size));
        timer = manager.newScheduledThreadPool(source, "DewatermarkTimer", timerProfile());
        workers = new Workers(workerPool);
    }

    Workers workers() {
        return workers;
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
        workerPool.shutdown();
        awaitWorkers();
        workerPool.shutdownNow().forEach(Runnable::run);
        awaitWorkers();
        manager.shutdown(workerPool); // so that Camel forgets the pool
    }

    private void awaitWorkers() {
        try {
            manager.awaitTermination(workerPool, manager.getShutdownAwaitTermination());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The queue needs no bound, because each exchange in flight has at most one entry in it. */
    private static ThreadPoolProfile workerProfile(int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile("dewatermark");
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
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
