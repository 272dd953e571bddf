package io.github.cameldewatermark.sandbox.platform;

import java.time.Duration;

/**
 * How long a task takes, and how far it is: a pure function of the task and the time, so that a thousand tasks
 * need no timer and a restarted sandbox goes on where it was.
 */
public final class TaskTiming {

    private static final double MILLIS = 1000;

    /** A task whose engine is slower than the simulated time isn't there yet. */
    private static final double NEARLY = 0.99;

    /** With a brush, the watermark need not be looked for. */
    private static final int FASTER_WITH_BRUSH = 2;

    private final Duration fixed;
    private final double speed;

    /**
     * @param fixed how long every task takes; {@code null}: it depends on the file
     * @param speed seconds of a clip, or pages of a PDF, that are processed in a second
     */
    public TaskTiming(Duration fixed, double speed) {
        this.fixed = fixed;
        this.speed = speed;
    }

    /** The task as it is at this moment. */
    Task advance(Task task, long now) {
        if (task.status() != TaskStatus.PROCESSING) {
            return task;
        }
        if (task.failure() != null) {
            return task.ended(TaskStatus.FAILED, task.engineDoneAt());
        }
        long end = task.startedAt() + simulatedMillis(task);
        if (task.doomed()) {
            return now >= end ? task.ended(TaskStatus.FAILED, end) : task;
        }
        boolean complete = task.engineDoneAt() != null && now >= end;
        return complete ? task.ended(TaskStatus.COMPLETED, Math.max(end, task.engineDoneAt())) : task;
    }

    /** "Processing progress (0 to 1)", section "Step 4"; it grows linearly, our reading. */
    double progress(Task task, long now) {
        return switch (task.status()) {
            case CREATED -> 0;
            case COMPLETED -> 1;
            case PROCESSING -> running(task, now);
            case FAILED -> running(task, task.completedAt());
        };
    }

    private double running(Task task, long now) {
        long whole = simulatedMillis(task);
        if (whole == 0) {
            return task.engineDoneAt() == null ? 0 : NEARLY;
        }
        double done = (double) (now - task.startedAt()) / whole;
        return Math.max(0, Math.min(NEARLY, done));
    }

    /** 0 while its length is unknown. */
    private long simulatedMillis(Task task) {
        if (fixed != null) {
            return fixed.toMillis();
        }
        if (task.length() == null) {
            return 0;
        }
        double pace = task.brushed() ? speed * FASTER_WITH_BRUSH : speed;
        return Math.round(task.length() / pace * MILLIS);
    }
}
