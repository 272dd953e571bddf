package com.example.benchmark;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;

/** What this process has used since {@link #start()}. */
final class Meter {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final Map<Long, Long> allocated = allocated();
    private final long cpuNanos = SYSTEM.getProcessCpuTime();
    private final long nanos = System.nanoTime();

    private Meter() {}

    static Meter start() {
        // so that nobody pays for the garbage of the round before
        System.gc();
        return new Meter();
    }

    /** The result of a round, so far without a proof of it. */
    Measurement stop(int pictures) {
        long end = System.nanoTime();
        long cpu = SYSTEM.getProcessCpuTime();
        long bytes = allocated().entrySet().stream()
                .mapToLong(thread -> thread.getValue() - allocated.getOrDefault(thread.getKey(), 0L))
                .sum();
        return new Measurement(pictures, end - nanos, cpu - cpuNanos, bytes, 0, null, false);
    }

    /** By thread. The sum over all threads that ever were, which would do, is there from Java 21 on. */
    private static Map<Long, Long> allocated() {
        long[] ids = THREADS.getAllThreadIds();
        long[] bytes = THREADS.getThreadAllocatedBytes(ids);
        Map<Long, Long> byThread = new HashMap<>();
        for (int i = 0; i < ids.length; i++) {
            byThread.put(ids[i], Math.max(0, bytes[i]));
        }
        return byThread;
    }
}
