package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.VideoTask;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What was charged, by the price list: the platform tells the balance only. A picture counts when it is answered. A clip
 * counts once, when its task is seen completed, because its length isn't known before; a result that is fetched again
 * costs nothing, and a task that was submitted by another process was charged there.
 */
public final class Charges {

    static final BigDecimal PICTURE = BigDecimal.ONE;

    private static final BigDecimal SECOND_OF_VIDEO = new BigDecimal("0.2");

    /** So many tasks may be submitted and not seen again here before the oldest is forgotten. */
    private static final int MOST_TASKS = 50_000;

    private final Map<String, Boolean> submitted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_TASKS;
        }
    };

    private BigDecimal total = BigDecimal.ZERO;

    /** The price of a completed task; {@code null} if the server didn't say how long the clip is. */
    static BigDecimal price(VideoTask task) {
        return task.duration() == null
                ? null
                : BigDecimal.valueOf(task.duration()).multiply(SECOND_OF_VIDEO).setScale(3, RoundingMode.HALF_UP);
    }

    /** The credits so far. */
    public synchronized BigDecimal total() {
        return total;
    }

    synchronized void picture() {
        total = total.add(PICTURE);
    }

    /** A task is about to be submitted. If that fails, it is never seen completed. */
    synchronized void submitting(String taskId) {
        submitted.put(taskId, true);
    }

    synchronized void completed(VideoTask task) {
        BigDecimal price = price(task);
        if (submitted.remove(task.taskId()) != null && price != null) {
            total = total.add(price);
        }
    }

    synchronized void refunded(String taskId) {
        submitted.remove(taskId);
    }
}
