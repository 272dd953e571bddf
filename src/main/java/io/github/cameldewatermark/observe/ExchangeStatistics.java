package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts how exchanges ended: what failed, by what that cost, and what the journal knew. */
public final class ExchangeStatistics {

    private static final int MOST_LATEST = 20;

    private final Map<Failure, LongAdder> failures = new ConcurrentHashMap<>();
    private final LongAdder remembered = new LongAdder();
    private final Deque<FailedFile> latest = new ArrayDeque<>();
    private volatile Consumer<Failure> firstOfKind = failure -> {};

    /**
     * A file that failed, at the last attempt so far.
     *
     * @param exchange the id of the exchange
     * @param name what it is called in the exchange
     */
    public record FailedFile(String exchange, Instant time, String name, Billed billed, String reason) {}

    /**
     * A kind of failure.
     *
     * @param exception the simple name of its class
     */
    public record Failure(String exception, Billed billed) {
        @Override
        public String toString() {
            return exception + ", billed " + billed;
        }
    }

    /** A redelivery has done what failed before. */
    public void succeeded(String exchange) {
        synchronized (latest) {
            latest.removeIf(failed -> failed.exchange().equals(exchange));
        }
    }

    /** @param name what the file is called in the exchange */
    public void failed(String exchange, String name, DewatermarkException e) {
        synchronized (latest) {
            succeeded(exchange);
            latest.addFirst(new FailedFile(exchange, Instant.now(), name, e.billed(), e.getMessage()));
            if (latest.size() > MOST_LATEST) {
                latest.removeLast();
            }
        }
        Failure failure = new Failure(e.getClass().getSimpleName(), e.billed());
        boolean isFirst = failures.putIfAbsent(failure, new LongAdder()) == null;
        failures.get(failure).increment();
        if (isFirst) {
            firstOfKind.accept(failure);
        }
    }

    public long failures(Failure failure) {
        LongAdder count = failures.get(failure);
        return count == null ? 0 : count.sum();
    }

    /** Returns how many there were of each kind, in the order of their names. */
    public Map<Failure, Long> failures() {
        Map<Failure, Long> counts = new TreeMap<>(Comparator.comparing(Failure::toString));
        failures.forEach((failure, count) -> counts.put(failure, count.sum()));
        return counts;
    }

    /** Returns what failed last, the latest first. */
    public List<FailedFile> latestFailures() {
        synchronized (latest) {
            return List.copyOf(latest);
        }
    }

    /** Has somebody told of each kind of failure, once, and of those so far. */
    void tell(Consumer<Failure> listener) {
        firstOfKind = listener;
        failures.keySet().forEach(listener);
    }

    /** A result was delivered for nothing, as it was paid for before. */
    public void remembered() {
        remembered.increment();
    }

    public long rememberedResults() {
        return remembered.sum();
    }
}
