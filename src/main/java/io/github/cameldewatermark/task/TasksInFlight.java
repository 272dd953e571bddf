package io.github.cameldewatermark.task;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
     * @param progress 0 to 1, the last that was reported
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

    /** By who waits: two exchanges may wait for the same task. */
    private final Map<Object, Snapshot> waits = new ConcurrentHashMap<>();

    private final LongAdder completed = new LongAdder();
    private final LongAdder pollDelayNanos = new LongAdder();

    /** Returns all tasks that are being waited for, the oldest first. */
    public List<Snapshot> list() {
        return waits.values().stream()
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

    void waits(Object who, Snapshot task) {
        waits.put(who, task);
    }

    void ends(Object who) {
        waits.remove(who);
    }

    void completed(Duration delay) {
        completed.increment();
        pollDelayNanos.add(delay.toNanos());
    }
}
