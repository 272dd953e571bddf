package io.github.cameldewatermark.task;

import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The tasks that are being waited for, for monitoring. */
public final class TasksInFlight {

    /**
     * A snapshot of a task that is being waited for.
     *
     * @param taskId   the id of the task
     * @param name     what the task cleans, such as a file name
     * @param since    when waiting began
     * @param progress 0 to 1, as of the last poll
     * @param nextPoll when it is polled next; in the past while that is under way or held back
     */
    public record Snapshot(String taskId, String name, Instant since, double progress, Instant nextPoll) {

        /** Returns for how long the task has been waited for. */
        public Duration age(Instant now) {
            return Duration.between(since, now);
        }

        /** Returns how long it is until the next poll; zero while a poll is under way or held back. */
        public Duration untilNextPoll(Instant now) {
            return now.isBefore(nextPoll) ? Duration.between(now, nextPoll) : Duration.ZERO;
        }
    }

    private final Set<Entry> entries = ConcurrentHashMap.newKeySet();
    private final LongAdder completed = new LongAdder();
    private final LongAdder pollDelayNanos = new LongAdder();

    /** Returns all tasks that are being waited for, the oldest first. */
    public List<Snapshot> list() {
        return entries.stream()
                .map(entry -> entry.task)
                .sorted(Comparator.comparing(Snapshot::since).thenComparing(Snapshot::taskId))
                .toList();
    }

    /** Returns how many tasks were seen running and later completed. */
    public long completed() {
        return completed.sum();
    }

    /**
     * Returns the total delay, at most, with which the completion of these tasks was noticed: the time between the last poll
     * that found a task running and the one that found it completed.
     */
    public Duration pollDelay() {
        return Duration.ofNanos(pollDelayNanos.sum());
    }

    Entry begin(String taskId, String name, boolean submitted, Instant since) {
        Entry entry = new Entry(new Snapshot(taskId, name, since, 0, since), submitted);
        entries.add(entry);
        return entry;
    }

    /** One wait for a task; two exchanges may wait for the same task. */
    final class Entry {
        private volatile Snapshot task;
        private volatile boolean submitted;
        private volatile Instant seenRunning;
        private volatile Instant senselessSince;

        private Entry(Snapshot task, boolean submitted) {
            this.task = task;
            this.submitted = submitted;
        }

        String taskId() {
            return task.taskId();
        }

        Instant since() {
            return task.since();
        }

        /** Whether it is certain that the task is submitted. */
        boolean isSubmitted() {
            return submitted;
        }

        void seen(Task now, Instant time) {
            task = new Snapshot(task.taskId(), task.name(), task.since(), now.progress(), task.nextPoll());
            submitted |= now.status() != Status.CREATED;
            if (now.status() != Status.COMPLETED) {
                seenRunning = time;
            } else if (seenRunning != null) {
                completed.increment();
                pollDelayNanos.add(Duration.between(seenRunning, time).toNanos());
            }
        }

        /** Since when answers make no sense; {@code null} if the last one did. */
        Instant senselessSince() {
            return senselessSince;
        }

        void senselessSince(Instant time) {
            senselessSince = time;
        }

        void nextPoll(Instant time) {
            task = new Snapshot(task.taskId(), task.name(), task.since(), task.progress(), time);
        }

        void end() {
            entries.remove(this);
        }
    }
}
