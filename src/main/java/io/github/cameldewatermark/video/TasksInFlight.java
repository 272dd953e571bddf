package io.github.cameldewatermark.video;

import io.github.cameldewatermark.client.VideoTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The tasks that are being waited for, to look at. */
public final class TasksInFlight {

    /**
     * A task.
     *
     * @param taskId   its id
     * @param name     what it cleans, such as a file name
     * @param since    when waiting began
     * @param progress 0 to 1, as of the last look
     */
    public record Task(String taskId, String name, Instant since, double progress) {}

    private final Map<String, Task> tasks = new ConcurrentHashMap<>();

    /** All of them, the oldest first. */
    public List<Task> list() {
        return tasks.values().stream()
                .sorted(Comparator.comparing(Task::since).thenComparing(Task::taskId))
                .toList();
    }

    void begin(VideoTask task, String name, Instant since) {
        tasks.put(task.taskId(), new Task(task.taskId(), name, since, task.progress()));
    }

    void seen(VideoTask task) {
        tasks.computeIfPresent(
                task.taskId(), (id, known) -> new Task(id, known.name(), known.since(), task.progress()));
    }

    void end(String taskId) {
        tasks.remove(taskId);
    }
}
