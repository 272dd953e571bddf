package io.github.cameldewatermark.client;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many calls were made, each repeat counting as one. Any number of threads may count and read. */
public final class CallStatistics {

    private final Map<ApiCall, LongAdder> calls = new EnumMap<>(ApiCall.class);
    private final LongAdder failedCalls = new LongAdder();
    private final LongAdder rateLimitWaits = new LongAdder();

    public CallStatistics() {
        for (ApiCall call : ApiCall.values()) {
            calls.put(call, new LongAdder());
        }
    }

    /** All calls. */
    public long calls() {
        return Arrays.stream(ApiCall.values()).mapToLong(this::calls).sum();
    }

    /** The calls of one kind. */
    public long calls(ApiCall call) {
        return calls.get(call).sum();
    }

    /** The calls that ended with an exception, those that were repeated later included. */
    public long failedCalls() {
        return failedCalls.sum();
    }

    /** How many calls, repeats included, were held back because the platform had refused to take one (429, 503). */
    public long rateLimitWaits() {
        return rateLimitWaits.sum();
    }

    void made(ApiCall call) {
        calls.get(call).increment();
    }

    void failed() {
        failedCalls.increment();
    }

    void heldBack() {
        rateLimitWaits.increment();
    }
}
