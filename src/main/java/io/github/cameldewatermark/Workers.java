package io.github.cameldewatermark;

import java.util.concurrent.Executor;

/** The pool that calls the API and then runs the rest of the routes. Also tells whether a thread belongs to such a pool. */
final class Workers implements Executor {

    private static final ThreadLocal<Boolean> WORKING = new ThreadLocal<>();

    private final Executor pool;

    Workers(Executor pool) {
        this.pool = pool;
    }

    /** Whether the current thread is a worker of any component. */
    static boolean isWorker() {
        return WORKING.get() != null;
    }

    @Override
    public void execute(Runnable task) {
        pool.execute(() -> {
            WORKING.set(true);
            try {
                task.run();
            } finally {
                WORKING.remove();
            }
        });
    }
}
