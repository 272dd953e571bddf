package io.github.cameldewatermark.video;

import io.github.cameldewatermark.client.VideoTask;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The tasks that are being waited for, to look at. */
public final class TasksInFlight {

    /**
     * A task.
     *
     * @param taskId   its id
     * @param name     what it cleans, such as a file name
     * @param since    when waiting began
     * @param progress 0 to 1, as of the last look
     * @param nextLook when it is looked at next; in the past while a look is under way or held back
     */
    public record Task(String taskId, String name, Instant since, double progress, Instant nextLook) {

        /** For how long it has been waited for. */
        public Duration age(Instant now) {
            return Duration.between(since, now);
        }

        /** How long until it is looked at next; zero while a look is under way or held back. */
        public Duration untilNextLook(Instant now) {
            return now.isBefore(nextLook) ? Duration.between(now, nextLook) : Duration.ZERO;
        }
    }

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final LongAdder completed = new LongAdder();
    private final LongAdder pollDelayNanos = new LongAdder();

    /** All of them, the oldest first. */
    public List<Task> list() {
        return entries.stream()
                .map(entry -> entry.task)
                .sorted(Comparator.comparing(Task::since).thenComparing(Task::taskId))
                .toList();
    }

    /** How many tasks were seen to run, and then to be completed. */
    public long completed() {
        return completed.sum();
    }

    /** For how long these had been completed, at most, before they were seen to be, all together. */
    public Duration pollDelay() {
        return Duration.ofNanos(pollDelayNanos.sum());
    }

    Entry begin(String taskId, String name, Instant since) {
        Entry entry = new Entry(new Task(taskId, name, since, 0, since));
        entries.add(entry);
        return entry;
    }

    /** One wait; a task may be waited for twice. */
    final class Entry {
        private volatile Task task;
        private volatile Instant seenRunning;

        private Entry(Task task) {
            this.task = task;
        }

        void seen(VideoTask now, Instant time) {
            task = new Task(task.taskId(), task.name(), task.since(), now.progress(), task.nextLook());
            if (now.status() != VideoTask.Status.COMPLETED) {
                seenRunning = time;
            } else if (seenRunning != null) {
                completed.increment();
                pollDelayNanos.add(Duration.between(seenRunning, time).toNanos());
            }
        }

        void nextLook(Instant time) {
            task = new Task(task.taskId(), task.name(), task.since(), task.progress(), time);
        }

        void end() {
            entries.remove(this);
        }
    }
}
