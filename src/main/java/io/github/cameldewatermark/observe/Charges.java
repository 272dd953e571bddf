package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.client.VideoTask;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the credits charged, by the price list, because the platform only reports the balance. A picture counts when its
 * answer arrives. A clip counts once, when its task is found completed, because its length isn't known before. Fetching a
 * result again costs nothing, and a task that another process submitted is counted there.
 */
public final class Charges {

    public static final BigDecimal PICTURE = BigDecimal.ONE;

    private static final BigDecimal SECOND_OF_VIDEO = new BigDecimal("0.2");

    /** The maximum number of submitted tasks to remember; beyond it, the oldest is forgotten. */
    private static final int MOST_TASKS = 50_000;

    private final Map<String, Boolean> submitted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_TASKS;
        }
    };

    private BigDecimal total = BigDecimal.ZERO;

    /** Returns the price of a completed task in credits, or {@code null} if the server didn't say how long the clip is. */
    public static BigDecimal price(VideoTask task) {
        return task.duration() == null
                ? null
                : BigDecimal.valueOf(task.duration()).multiply(SECOND_OF_VIDEO).setScale(3, RoundingMode.HALF_UP);
    }

    /** Returns the number of credits charged so far. */
    public synchronized BigDecimal total() {
        return total;
    }

    public synchronized void picture() {
        total = total.add(PICTURE);
    }

    /** Notes that a task is about to be submitted. If the submit fails, the task never completes and is not counted. */
    public synchronized void submitting(String taskId) {
        submitted.put(taskId, true);
    }

    public synchronized void completed(VideoTask task) {
        BigDecimal price = price(task);
        if (submitted.remove(task.taskId()) != null && price != null) {
            total = total.add(price);
        }
    }

    public synchronized void refunded(String taskId) {
        submitted.remove(taskId);
    }
}
