package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.client.Price;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Counts the credits charged, by the price list, because the platform only reports the balance. A picture counts when its
 * answer arrives. A task counts once, when it is found completed, because the length of a clip isn't known before, and what
 * fails is refunded. Fetching a result again costs nothing. Whether a task was found completed before, a journal tells; without
 * one, a task that another process submitted isn't counted.
 */
public final class Charges {

    /** The maximum number of submitted tasks to remember; beyond it, the oldest is forgotten. */
    private static final int MOST_TASKS = 50_000;

    private final Map<String, Optional<Price>> submitted = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Optional<Price>> eldest) {
            return size() > MOST_TASKS;
        }
    };

    private BigDecimal total = BigDecimal.ZERO;

    public synchronized BigDecimal total() {
        return total;
    }

    public synchronized void picture(BigDecimal price) {
        total = total.add(price);
    }

    /**
     * Notes that a task is about to be submitted. If the submit fails, the task never completes and is not counted.
     *
     * @param price {@code null} if it isn't known before its end
     */
    public synchronized void submitting(String taskId, Price price) {
        submitted.put(taskId, Optional.ofNullable(price));
    }

    /** Returns the price of a task that was submitted here and isn't found completed yet, {@code null} if it isn't known. */
    public synchronized Price price(String taskId) {
        return submitted.getOrDefault(taskId, Optional.empty()).orElse(null);
    }

    /** Whether a task was submitted here and isn't found completed yet. */
    public synchronized boolean isSubmitted(String taskId) {
        return submitted.containsKey(taskId);
    }

    /**
     * @param price  {@code null} if it isn't known
     * @param isNews whether nobody has found it completed before
     */
    public synchronized void completed(String taskId, Price price, boolean isNews) {
        submitted.remove(taskId);
        if (isNews && price != null) {
            total = total.add(price.credits());
        }
    }

    public synchronized void refunded(String taskId) {
        submitted.remove(taskId);
    }
}
