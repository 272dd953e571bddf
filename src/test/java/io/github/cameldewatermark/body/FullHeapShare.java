package io.github.cameldewatermark.body;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** During a test there is no room for results in the heap: they go to temp files. */
public final class FullHeapShare implements BeforeEachCallback, AfterEachCallback {

    private long reserved;

    @Override
    public void beforeEach(ExtensionContext test) {
        reserved = reserveAll();
    }

    @Override
    public void afterEach(ExtensionContext test) {
        HeapShare.OF_JVM.release(reserved);
    }

    public static long reserveAll() {
        long left = HeapShare.OF_JVM.left();
        while (!HeapShare.OF_JVM.reserve(left)) {
            left = HeapShare.OF_JVM.left();
        }
        return left;
    }
}
