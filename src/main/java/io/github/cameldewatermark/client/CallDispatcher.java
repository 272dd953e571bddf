package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.CallStatistics.Outcome;
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
 * Makes calls. One that the server refuses to take now (429, 503) has cost nothing and is made again when the
 * {@link RateGate} lets it, without a thread waiting for it. One that is free in any case is repeated twice after a
 * passing trouble, and twice again after each progress. Nothing else is.
 */
public final class CallDispatcher {

    private static final Logger LOG = LoggerFactory.getLogger(CallDispatcher.class);

    /** Before a free call is repeated. */
    private static final List<Duration> PAUSES = List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

    private final RateGate gate;
    private final Delays delays;
    private final Duration maxThrottleWait;
    private final CallStatistics statistics;

    /** Makes calls that nobody counts. */
    public CallDispatcher(RateGate gate, Delays delays, Duration maxThrottleWait) {
        this(gate, delays, maxThrottleWait, new CallStatistics());
    }

    /**
     * @param maxThrottleWait how long the server may refuse before the refusal becomes the result of a call
     * @param statistics      counts the calls and the waits
     */
    public CallDispatcher(RateGate gate, Delays delays, Duration maxThrottleWait, CallStatistics statistics) {
        this.gate = gate;
        this.delays = delays;
        this.maxThrottleWait = maxThrottleWait;
        this.statistics = statistics;
    }

    /**
     * Makes a call: on this thread if the gate is open, else later on a worker.
     *
     * @param call    what is called
     * @param request may be made more than once; each time it starts afresh
     */
    public <T> CompletableFuture<T> call(ApiCall call, Supplier<T> request) {
        return call(call, request, () -> 0);
    }

    /**
     * Makes a call that comes further with each attempt.
     *
     * @param progress how far it has come, in steps that are worth another attempt
     */
    public <T> CompletableFuture<T> call(ApiCall call, Supplier<T> request, LongSupplier progress) {
        return new Attempts<>(call, request, progress).next();
    }

    /** One call, made as often as need be. */
    private final class Attempts<T> {
        private final ApiCall call;
        private final Supplier<T> request;
        private final LongSupplier progress;
        private final Patience patience = new Patience(gate, maxThrottleWait);
        private final Turn turn;
        private Instant heldBackSince; // null: it isn't
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
            Duration wait = patience.ask(turn);
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
            if (delays.isClosed()) { // what is still queued when the route is stopped must not be paid for any more
                return CompletableFuture.failedFuture(
                        ErrorClassifier.noAnswer(call, false, new CancellationException("stopped")));
            }
            letGo();
            long start = System.nanoTime();
            try {
                T answer = request.get();
                ended(Outcome.SUCCESS, start);
                gate.accepted(turn);
                return CompletableFuture.completedFuture(answer);
            } catch (DewatermarkException e) {
                ended(ErrorClassifier.isThrottled(e) ? Outcome.REFUSED : Outcome.ERROR, start);
                return failed(e);
            } catch (RuntimeException | Error e) { // whatever it is: without a result it would be waited for for ever
                ended(Outcome.ERROR, start);
                return CompletableFuture.failedFuture(e);
            }
        }

        private void ended(Outcome outcome, long start) {
            statistics.ended(call, outcome, System.nanoTime() - start);
        }

        private CompletableFuture<T> failed(DewatermarkException e) {
            if (e instanceof DewatermarkServiceException service && ErrorClassifier.isThrottled(e)) {
                return refused(service);
            }
            if (progress.getAsLong() > reached) {
                reached = progress.getAsLong();
                repeats = 0;
            }
            if (repeats < PAUSES.size() && ErrorClassifier.isRepeatedAtOnce(call, e)) {
                Duration pause = PAUSES.get(repeats++);
                LOG.debug("Repeating Dewatermark {} in {} ms: {}", call, pause.toMillis(), e.getMessage());
                return after(pause);
            }
            return CompletableFuture.failedFuture(e);
        }

        private CompletableFuture<T> refused(DewatermarkServiceException e) {
            refusal = e;
            patience.refused();
            boolean first = gate.refused(turn, e.retryAfter().orElse(null));
            if (first) { // once for all that wait
                LOG.info("Calls are held back for {} ms: {}", gate.closedFor().toMillis(), e.getMessage());
            }
            return next();
        }

        private CompletableFuture<T> after(Duration wait) {
            return delays.after(wait)
                    .exceptionallyCompose(stopped -> {
                        leave();
                        return CompletableFuture.failedFuture(
                                ErrorClassifier.noAnswer(call, false, (Exception) stopped));
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
