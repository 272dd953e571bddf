package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.task.TasksInFlight;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Prints how far the clips are, as far as the component knows from its last look. */
final class ClipProgress implements AutoCloseable {

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Double> shown = new ConcurrentHashMap<>();

    void follow(DewatermarkComponent component) {
        timer.scheduleAtFixedRate(() -> print(component), 200, 200, TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void print(DewatermarkComponent component) {
        for (TasksInFlight.Snapshot task : component.tasksInFlight()) {
            Double before = shown.put(task.taskId(), task.progress());
            if (before != null && before < task.progress()) {
                Demo.say("%-22s %3.0f %%%n", task.name(), task.progress() * 100);
            }
        }
    }
}
