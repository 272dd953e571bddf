package com.example.karaf;

import java.util.Dictionary;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.osgi.service.cm.ManagedService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the folder watched as its configuration says, and anew whenever that changes. All is done by one thread of its own:
 * the one that brings configurations serves all bundles, and a stop waits for the pictures under way.
 */
final class FolderService implements ManagedService {

    private static final Logger LOG = LoggerFactory.getLogger(FolderService.class);

    private final ExecutorService worker = Executors.newSingleThreadExecutor(FolderService::thread);
    /** Seen by the worker only. */
    private WatchedFolder running;

    @Override
    public void updated(Dictionary<String, ?> configuration) {
        worker.execute(() -> change(configuration));
    }

    /** Returns when nothing of it is left. */
    void close() throws InterruptedException {
        worker.execute(this::stop);
        worker.shutdown();
        // a stop has a timeout of its own
        worker.awaitTermination(Long.MAX_VALUE, TimeUnit.SECONDS);
    }

    private void change(Dictionary<String, ?> configuration) {
        stop();
        if (configuration == null) {
            LOG.info("Waiting for etc/{}.cfg", Settings.PID);
            return;
        }
        try {
            running = WatchedFolder.start(Settings.of(configuration));
            LOG.info("{}: watching {}", Settings.FILE, running);
        } catch (BadSettingException e) {
            LOG.error("{}: {}. Nothing is watched until it is changed.", Settings.FILE, e.getMessage());
        } catch (Exception e) {
            LOG.error("{}: the folder can't be watched. Nothing is until it is changed.", Settings.FILE, e);
        }
    }

    private void stop() {
        if (running != null) {
            running.close();
            LOG.info("{}: stopped watching {}", Settings.FILE, running);
            running = null;
        }
    }

    /** Camel and the threads it starts look for classes where the context class loader of this thread does. */
    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work, "dewatermark-folder");
        thread.setContextClassLoader(FolderService.class.getClassLoader());
        return thread;
    }
}
