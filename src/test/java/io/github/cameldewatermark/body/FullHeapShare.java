package io.github.cameldewatermark.body;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** During a test there is no room for results in the heap: they go to temp files. */
public final class FullHeapShare implements BeforeEachCallback, AfterEachCallback {

    private int reserved;

    @Override
    public void beforeEach(ExtensionContext test) {
        reserved = Spool.HEAP.drainPermits();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        Spool.HEAP.release(reserved);
    }

    public static void reserveAll() {
        Spool.HEAP.drainPermits();
    }
}
