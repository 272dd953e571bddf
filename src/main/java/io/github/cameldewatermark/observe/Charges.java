package io.github.cameldewatermark.observe;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the credits charged, by the price list, because the platform only reports the balance. A picture counts when its
 * answer arrives. A clip counts once, when its task is found completed, because its length isn't known before. Fetching a
 * result again costs nothing, and a task that another process submitted is counted there.
 */
public final class Charges {

    /** The maximum number of submitted tasks to remember; beyond it, the oldest is forgotten. */
    private static final int MOST_TASKS = 50_000;

    private final Map<String, Boolean> submitted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_TASKS;
        }
    };

    private BigDecimal total = BigDecimal.ZERO;

    /** Returns the number of credits charged so far. */
    public synchronized BigDecimal total() {
        return total;
    }

    public synchronized void picture(BigDecimal price) {
        total = total.add(price);
    }

    /** Notes that a task is about to be submitted. If the submit fails, the task never completes and is not counted. */
    public synchronized void submitting(String taskId) {
        submitted.put(taskId, true);
    }

    /** @param price {@code null} if it isn't known */
    public synchronized void completed(String taskId, BigDecimal price) {
        if (submitted.remove(taskId) != null && price != null) {
            total = total.add(price);
        }
    }

    public synchronized void refunded(String taskId) {
        submitted.remove(taskId);
    }
}
