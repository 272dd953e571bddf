package com.example.benchmark;

/**
 * A while of polling.
 *
 * @param tasks        that are in flight
 * @param calls        that were made
 * @param cpuNanos     of the process, its garbage collector included
 * @param allocated    bytes on the heap, however soon they were garbage
 * @param threads      the most at once
 * @param heapPerTask  bytes that a task in flight takes
 */
record PollRound(int tasks, long calls, long nanos, long cpuNanos, long allocated, int threads, long heapPerTask) {

    double callsPerSecond() {
        return calls * 1e9 / nanos;
    }

    double cpuMicrosPerCall() {
        return cpuNanos / 1e3 / calls;
    }

    double kilobytesPerCall() {
        return allocated / 1e3 / calls;
    }
}
