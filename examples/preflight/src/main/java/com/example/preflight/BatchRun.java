package com.example.preflight;

import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;

/** Runs the batch route until all files are through, or Ctrl-C. */
final class BatchRun {

    private final Main camel;
    private final BatchFiles files;
    private final CountDownLatch over = new CountDownLatch(1);

    BatchRun(Main camel, BatchFiles files) {
        this.camel = camel;
        this.files = files;
        camel.bind("files", files);
    }

    /** @param onInterrupt is run when Ctrl-C is pressed, and files are under way */
    void run(Runnable onInterrupt) throws Exception {
        Thread interrupt = new Thread(() -> finish(onInterrupt));
        Runtime.getRuntime().addShutdownHook(interrupt);
        try {
            clean();
        } finally {
            over.countDown();
            forget(interrupt);
        }
    }

    private void clean() throws Exception {
        camel.start();
        try {
            // comes back when the last file is through
            camel.getCamelTemplate().sendBody("direct:batch", "");
        } finally {
            camel.stop();
        }
    }

    /** What is under way is paid for, so it is waited for; nothing more is begun. */
    private void finish(Runnable onInterrupt) {
        files.stop();
        onInterrupt.run();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running
        }
    }
}
