package com.example.benchmark;

/**
 * One round of one contender with clips. What isn't known of a process that is no JVM is {@code null}.
 *
 * @param clips    that were cleaned
 * @param nanos    that it took
 * @param cpuNanos of the process and of those that it has started
 * @param threads  the most at once
 * @param heap     the most that was in use after a garbage collection, in bytes
 */
record ClipRound(int clips, long nanos, long cpuNanos, Integer threads, Long heap) {

    double clipsPerSecond() {
        return clips * 1e9 / nanos;
    }

    double cpuMillisPerClip() {
        return cpuNanos / 1e6 / clips;
    }

    double maxThreads() {
        return threads == null ? Double.NaN : threads;
    }

    double maxHeapMegabytes() {
        return heap == null ? Double.NaN : heap / 1e6;
    }
}
