package io.github.cameldewatermark;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** The pools of a component, managed by Camel, of which one part matters here: nothing runs on the thread of a caller. */
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
     * Lets the workers end what they have, for as long as Camel allows. What is left then ends here: each entry is an
     * exchange that would hang for ever, and comes to an end at once, because the connections are closed by now. A step of a
     * route that is interrupted gets as long once more: an exchange that ends without a context has its file left in place,
     * paid as it may be.
     */
    void shutdown() {
        manager.shutdownGraceful(timer);
        workerPool.shutdown();
        awaitWorkers();
        workerPool.shutdownNow().forEach(Runnable::run);
        awaitWorkers();
        manager.shutdown(workerPool); // Camel need not know it any more
    }

    private void awaitWorkers() {
        try {
            manager.awaitTermination(workerPool, manager.getShutdownAwaitTermination());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Its queue needs no bound of its own: each exchange in flight has at most one entry. */
    private static ThreadPoolProfile workerProfile(int size) {
        ThreadPoolProfile profile = new ThreadPoolProfile("dewatermark");
        profile.setPoolSize(size);
        profile.setMaxPoolSize(size);
        profile.setMaxQueueSize(Integer.MAX_VALUE);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /** Camel's default would refuse more than 1000 waiting tasks. */
    private static ThreadPoolProfile timerProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile("dewatermark-timer");
        profile.setPoolSize(1);
        profile.setMaxQueueSize(-1);
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }
}
