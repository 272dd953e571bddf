package io.github.cameldewatermark.client;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Makes calls. One that the server refuses to take now (429, 503) has cost nothing and is made again when the
 * {@link RateGate} opens, without a thread waiting for it. Nothing else is repeated here.
 */
public final class CallDispatcher {

    private final RateGate gate;
    private final Delays delays;
    private final Duration maxThrottleWait;

    /**
     * @param maxThrottleWait how long a call may be held back in all before the refusal becomes its result
     */
    public CallDispatcher(RateGate gate, Delays delays, Duration maxThrottleWait) {
        this.gate = gate;
        this.delays = delays;
        this.maxThrottleWait = maxThrottleWait;
    }

    /**
     * Makes a call: on this thread if the gate is open, else later on a worker.
     *
     * @param call    what is called
     * @param request may be made more than once; each time it starts afresh
     */
    public <T> CompletableFuture<T> call(ApiCall call, Supplier<T> request) {
        return attempt(call, request, maxThrottleWait, null);
    }

    private <T> CompletableFuture<T> attempt(
            ApiCall call, Supplier<T> request, Duration waitLeft, DewatermarkException refusal) {
        Duration delay = gate.delay();
        if (refusal != null && delay.compareTo(waitLeft) > 0) {
            return CompletableFuture.failedFuture(refusal);
        }
        // whoever has waited as long as it may asks anyway: being refused costs nothing
        if (!delay.isZero() && !waitLeft.isZero()) {
            Duration wait = delay.compareTo(waitLeft) < 0 ? delay : waitLeft;
            return delays.after(wait)
                    .exceptionallyCompose(stopped ->
                            CompletableFuture.failedFuture(ErrorClassifier.noAnswer(call, false, (Exception) stopped)))
                    .thenCompose(waited -> attempt(call, request, waitLeft.minus(wait), refusal));
        }
        try {
            T answer = request.get();
            if (delay.isZero()) {
                gate.accepted();
            } else {
                gate.open();
            }
            return CompletableFuture.completedFuture(answer);
        } catch (DewatermarkServiceException e) {
            if (!ErrorClassifier.isThrottled(e)) {
                return CompletableFuture.failedFuture(e);
            }
            gate.refused(e.retryAfter().orElse(null));
            return attempt(call, request, waitLeft, e);
        } catch (RuntimeException | Error e) { // whatever it is: a call without a result would be waited for for ever
            return CompletableFuture.failedFuture(e);
        }
    }
}
