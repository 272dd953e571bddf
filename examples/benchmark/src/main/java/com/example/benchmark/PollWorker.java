package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The process of one that polls: takes lines of how many tasks are to be in flight and how many seconds to measure, and
 * answers each with a line of JSON. Tasks that are in flight stay.
 */
final class PollWorker {

    /** The share of the warm-up that is done: all of it, unless figures don't matter. */
    static final double WARM_UP = Double.parseDouble(System.getProperty("warmUp", "1"));

    /** So that what is there but once doesn't count for a task. */
    private static final int FIRST_TASKS = 100;

    private PollWorker() {}

    /** Who polls. */
    interface Poller {

        /** Makes so many calls that the compiler is done with them. */
        void warmUp() throws Exception;

        /** Adds tasks, and returns when all are in flight. */
        void add(int tasks) throws Exception;

        /** How many calls were made so far. */
        long calls();
    }

    /** @param args the one that polls, the address of the server, seconds between two looks at a task */
    public static void main(String[] args) throws Exception {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ObjectMapper json = new ObjectMapper();
        int interval = Integer.parseInt(args[2]);
        Poller poller = PollContender.valueOf(args[0]).start(args[1], interval);
        poller.warmUp();
        poller.add(FIRST_TASKS);
        pass(interval);
        int tasks = FIRST_TASKS;
        long heapPerTask = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            int wanted = Integer.parseInt(line);
            if (wanted > tasks) {
                long before = HeapWatch.inUse();
                poller.add(wanted - tasks);
                pass(2 * interval); // each was looked at, and they have drifted apart a little
                heapPerTask = (HeapWatch.inUse() - before) / (wanted - tasks);
                tasks = wanted;
            }
            System.out.println(Worker.RESULT + json.writeValueAsString(measure(poller, tasks, interval, heapPerTask)));
        }
        System.exit(0); // the tasks don't end
    }

    private static PollRound measure(Poller poller, int tasks, int interval, long heapPerTask) {
        ManagementFactory.getThreadMXBean().resetPeakThreadCount();
        Meter meter = Meter.start();
        long before = poller.calls();
        pass(interval);
        long calls = poller.calls() - before;
        Measurement used = meter.stop(1);
        int threads = ManagementFactory.getThreadMXBean().getPeakThreadCount();
        return new PollRound(tasks, calls, used.nanos(), used.cpuNanos(), used.allocated(), threads, heapPerTask);
    }

    private static void pass(int seconds) {
        Executor later = CompletableFuture.delayedExecutor(seconds, TimeUnit.SECONDS);
        CompletableFuture.runAsync(() -> {}, later).join();
    }
}
