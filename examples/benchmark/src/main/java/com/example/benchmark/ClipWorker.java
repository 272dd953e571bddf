package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The process of the component for clips: takes tasks as lines, and answers each with a line of JSON. */
final class ClipWorker {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /** The first look, at which a task is done, comes at once. */
    private static final String OPERATION = "dewatermark:video?pollInterval=1";

    private ClipWorker() {}

    /** @param args the address of the server, a folder for files */
    public static void main(String[] args) throws Exception {
        BufferedReader tasks = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        ObjectMapper json = new ObjectMapper();
        HeapWatch heap = new HeapWatch();
        try (WatchedFolder folder = new WatchedFolder(args[0], OPERATION, Path.of(args[1]))) {
            for (String line = tasks.readLine(); line != null; line = tasks.readLine()) {
                Task task = Task.of(line);
                folder.fill(task);
                System.out.println(Worker.RESULT + json.writeValueAsString(measure(folder, task, heap)));
            }
        }
        System.exit(0); // whatever threads a client has left
    }

    private static ClipRound measure(WatchedFolder folder, Task task, HeapWatch heap) throws Exception {
        heap.reset();
        THREADS.resetPeakThreadCount();
        Meter meter = Meter.start();
        folder.empty(task);
        Measurement used = meter.stop(task.count());
        int threads = THREADS.getPeakThreadCount();
        folder.results(task);
        return new ClipRound(task.count(), used.nanos(), used.cpuNanos(), threads, heap.most());
    }
}
