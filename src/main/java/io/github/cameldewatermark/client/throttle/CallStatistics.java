package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.http.ApiCall;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls that have ended, by kind and outcome; each repeat counts as a call. Thread-safe.
 */
public final class CallStatistics {

    public enum CallOutcome {
        SUCCESS,
        /** The platform refused the call for now (429, 503). */
        REFUSED,
        ERROR
    }

    private final Map<ApiCall, Map<CallOutcome, Ended>> calls = new EnumMap<>(ApiCall.class);
    private final LongAdder rateLimitWaits = new LongAdder();
    private final LongAdder rateLimitNanos = new LongAdder();

    public CallStatistics() {
        for (ApiCall call : ApiCall.values()) {
            Map<CallOutcome, Ended> outcomes = new EnumMap<>(CallOutcome.class);
            Arrays.stream(CallOutcome.values()).forEach(outcome -> outcomes.put(outcome, new Ended()));
            calls.put(call, outcomes);
        }
    }

    public long calls() {
        return Arrays.stream(ApiCall.values()).mapToLong(this::calls).sum();
    }

    public long calls(ApiCall call) {
        return calls.get(call).values().stream()
                .mapToLong(ended -> ended.count.sum())
                .sum();
    }

    public long calls(ApiCall call, CallOutcome outcome) {
        return calls.get(call).get(outcome).count.sum();
    }

    public Duration time(ApiCall call, CallOutcome outcome) {
        return Duration.ofNanos(calls.get(call).get(outcome).nanos.sum());
    }

    /** Returns the number of calls that ended with an exception, including those that were repeated later. */
    public long failedCalls() {
        return calls()
                - Arrays.stream(ApiCall.values())
                        .mapToLong(call -> calls(call, CallOutcome.SUCCESS))
                        .sum();
    }

    /** Returns how often a call or a repeat was held back because the platform had refused one (429, 503). */
    public long rateLimitWaits() {
        return rateLimitWaits.sum();
    }

    /** Returns the total time for which calls were held back; a call that is still held back counts when that ends. */
    public Duration rateLimitTime() {
        return Duration.ofNanos(rateLimitNanos.sum());
    }

    void ended(ApiCall call, CallOutcome outcome, long nanos) {
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

    private static final class Ended {
        private final LongAdder count = new LongAdder();
        private final LongAdder nanos = new LongAdder();
    }
}
