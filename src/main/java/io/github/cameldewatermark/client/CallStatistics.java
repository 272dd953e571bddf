package io.github.cameldewatermark.client;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many calls have ended, each repeat counting as one, and what they ended with. Any number of threads may count and
 * read.
 */
public final class CallStatistics {

    /** What a call ended with. */
    public enum Outcome {
        /** An answer. */
        SUCCESS,
        /** The platform refused to take it for now (429, 503). */
        REFUSED,
        /** Any other failure. */
        ERROR
    }

    private final Map<ApiCall, Map<Outcome, Ended>> calls = new EnumMap<>(ApiCall.class);
    private final LongAdder rateLimitWaits = new LongAdder();
    private final LongAdder rateLimitNanos = new LongAdder();

    public CallStatistics() {
        for (ApiCall call : ApiCall.values()) {
            Map<Outcome, Ended> outcomes = new EnumMap<>(Outcome.class);
            Arrays.stream(Outcome.values()).forEach(outcome -> outcomes.put(outcome, new Ended()));
            calls.put(call, outcomes);
        }
    }

    /** All calls. */
    public long calls() {
        return Arrays.stream(ApiCall.values()).mapToLong(this::calls).sum();
    }

    /** The calls of one kind. */
    public long calls(ApiCall call) {
        return calls.get(call).values().stream()
                .mapToLong(ended -> ended.count.sum())
                .sum();
    }

    /** The calls of one kind that ended in one way. */
    public long calls(ApiCall call, Outcome outcome) {
        return calls.get(call).get(outcome).count.sum();
    }

    /** How long these calls took, all together. */
    public Duration time(ApiCall call, Outcome outcome) {
        return Duration.ofNanos(calls.get(call).get(outcome).nanos.sum());
    }

    /** The calls that ended with an exception, those that were repeated later included. */
    public long failedCalls() {
        return calls()
                - Arrays.stream(ApiCall.values())
                        .mapToLong(call -> calls(call, Outcome.SUCCESS))
                        .sum();
    }

    /** How many calls, repeats included, were held back because the platform had refused to take one (429, 503). */
    public long rateLimitWaits() {
        return rateLimitWaits.sum();
    }

    /** For how long calls were held back, all together; one that still is counts when it isn't any more. */
    public Duration rateLimitTime() {
        return Duration.ofNanos(rateLimitNanos.sum());
    }

    void ended(ApiCall call, Outcome outcome, long nanos) {
        Ended ended = calls.get(call).get(outcome);
        ended.count.increment();
        ended.nanos.add(nanos);
    }

    void heldBack() {
        rateLimitWaits.increment();
    }

    void wasHeldBackFor(Duration time) {
        rateLimitNanos.add(time.toNanos());
    }

    /** Calls of one kind with one outcome. */
    private static final class Ended {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }
}
