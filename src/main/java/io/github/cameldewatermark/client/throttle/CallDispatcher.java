package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Money;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.throttle.CallStatistics.CallOutcome;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes calls, and repeats those that are free to repeat. A call that the server refuses for now (429, 503) and that has cost
 * nothing is repeated when the {@link RateGate} lets it through, without a thread waiting. A call that is free in any case is
 * repeated up to twice after a transient failure, and up to twice again after each progress. No other call is repeated.
 *
 * <p>After a refusal that may have been charged, no call that pays is made until a free one has been accepted.
 */
public final class CallDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(CallDispatcher.class);

    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

    private final RateGate gate;
    private final Delays delays;
    private final Duration maxThrottleWait;
    private final CallStatistics statistics;
    private final Supplier<?> probe;

    /**
     * @param maxThrottleWait how long the server may refuse a call before the call fails with the refusal
     * @param statistics      counts the calls and the waits
     * @param probe           makes a free call: {@link ApiCall#CREDIT}
     */
    public CallDispatcher(
            RateGate gate, Delays delays, Duration maxThrottleWait, CallStatistics statistics, Supplier<?> probe) {
        this.gate = gate;
        this.delays = delays;
        this.maxThrottleWait = maxThrottleWait;
        this.statistics = statistics;
        this.probe = probe;
    }

    /**
     * Makes a call: on this thread if the gate is open, otherwise later on a worker.
     *
     * @param call    the kind of call
     * @param request makes the call; may be run more than once, each time from the start
     */
    public <T> CompletableFuture<T> call(ApiCall call, Supplier<T> request) {
        return call(call, request, () -> 0);
    }

    /**
     * Makes a call that each attempt can continue where the last one stopped.
     *
     * @param progress how far the call has come, in steps that are worth further attempts
     */
    public <T> CompletableFuture<T> call(ApiCall call, Supplier<T> request, LongSupplier progress) {
        return new Attempts<>(call, request, progress).next();
    }

    private final class Attempts<T> {
        private final ApiCall call;
        private final Supplier<T> request;
        private final LongSupplier progress;
        private final Patience patience = new Patience(gate, maxThrottleWait);
        private final RateGate.Turn turn;
        private Instant heldBackSince; // null while the call isn't held back
        private long reached;
        private DewatermarkException refusal;
        private int repeats;

        Attempts(ApiCall call, Supplier<T> request, LongSupplier progress) {
            this.call = call;
            this.turn = gate.turn(call);
            this.request = request;
            this.progress = progress;
            this.reached = progress.getAsLong();
        }

        CompletableFuture<T> next() {
            if (refusal != null && patience.isOver()) {
                leave();
                return CompletableFuture.failedFuture(refusal);
            }
            Duration wait = patience.waitFor(turn);
            return wait.isZero() ? make() : heldBack(wait);
        }

        private CompletableFuture<T> heldBack(Duration wait) {
            if (heldBackSince == null) {
                heldBackSince = gate.now();
                statistics.heldBack();
                LOG.debug("Dewatermark {} is held back for {} ms", call, wait.toMillis());
            }
            return after(wait);
        }

        private CompletableFuture<T> make() {
            if (delays.isClosed()) { // a call that is still queued when the route is stopped must not be paid for
                return CompletableFuture.failedFuture(
                        ErrorClassifier.noAnswer(call, false, new CancellationException("stopped")));
            }
            letGo();
            ApiCall made = call;
            try {
                if (call.money() == Money.CHARGES && gate.isUncertain()) {
                    made = ApiCall.CREDIT;
                    request(made, probe);
                }
                made = call;
                return CompletableFuture.completedFuture(request(made, request));
            } catch (DewatermarkException e) {
                return failed(made, e);
            } catch (RuntimeException | Error e) { // without a result, the exchange would wait for ever
                return CompletableFuture.failedFuture(e);
            }
        }

        private <A> A request(ApiCall made, Supplier<A> maker) {
            long start = System.nanoTime();
            CallOutcome outcome = CallOutcome.ERROR;
            try {
                A answer = maker.get();
                outcome = CallOutcome.SUCCESS;
                gate.accepted(turn, made.money() == Money.CHARGES);
                return answer;
            } catch (DewatermarkException e) {
                outcome = ErrorClassifier.isThrottled(e) ? CallOutcome.REFUSED : CallOutcome.ERROR;
                throw e;
            } finally {
                statistics.ended(made, outcome, System.nanoTime() - start);
            }
        }

        private CompletableFuture<T> failed(ApiCall made, DewatermarkException e) {
            if (e instanceof DewatermarkServiceException service && ErrorClassifier.isThrottled(e)) {
                return refused(service);
            }
            if (progress.getAsLong() > reached) {
                reached = progress.getAsLong();
                repeats = 0;
            }
            if (repeats < PAUSES.size() && ErrorClassifier.mayBeRepeated(made, e)) {
                Duration pause = PAUSES.get(repeats++);
                LOG.debug("Repeating Dewatermark {} in {} ms: {}", made, pause.toMillis(), e.getMessage());
                return after(pause);
            }
            return CompletableFuture.failedFuture(e);
        }

        private CompletableFuture<T> refused(DewatermarkServiceException e) {
            refusal = e;
            patience.refused();
            boolean first = gate.refused(turn, e.retryAfter().orElse(null));
            if (first) { // logged once for all waiting calls
                LOG.info("Calls are held back for {} ms: {}", gate.closedFor().toMillis(), e.getMessage());
            }
            if (e.billed() == Billed.UNKNOWN) {
                gate.uncertain();
                leave();
                return CompletableFuture.failedFuture(e);
            }
            return next();
        }

        private CompletableFuture<T> after(Duration wait) {
            return Delays.ifStopped(delays.after(wait), stopped -> {
                        leave();
                        return ErrorClassifier.noAnswer(call, false, stopped);
                    })
                    .thenCompose(waited -> next());
        }

        private void leave() {
            letGo();
            gate.leave(turn);
        }

        private void letGo() {
            if (heldBackSince != null) {
                statistics.wasHeldBackFor(Duration.between(heldBackSince, gate.now()));
                heldBackSince = null;
            }
        }
    }
}
