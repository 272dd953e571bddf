package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.throttle.CallStatistics.CallOutcome;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.LogLines;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallDispatcherTest {

    private final VirtualTimer time = new VirtualTimer();
    private final RateGate gate = new RateGate(time.clock());
    private final Delays delays = new Delays(time, Runnable::run);
    private final CallStatistics statistics = new CallStatistics();
    private final CallDispatcher calls =
            new CallDispatcher(gate, delays, Duration.ofSeconds(60), statistics, () -> null);
    private int made;

    @Test
    void anOpenGateMeansAtOnceAndOnThisThread() {
        Thread me = Thread.currentThread();

        CompletableFuture<Thread> call = calls.call(ApiCall.CREDIT, Thread::currentThread);

        assertThat(call).isCompletedWithValue(me);
    }

    @Test
    void aRefusedCallIsMadeAgainWhenTheServerSaidWithoutAThreadThatWaits() {
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(2, 429, Duration.ofSeconds(20)));

        // control came back here while the call waits: no thread is held
        assertThat(call).isNotDone();
        assertThat(made).isEqualTo(1);
        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(20));
        assertThat(made).isEqualTo(2);
        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(20));
        assertThat(call).isCompletedWithValue("done");
        assertThat(made).isEqualTo(3);
    }

    @Test
    void offlineForMaintenanceIsWaitedForToo() {
        CompletableFuture<String> call = calls.call(ApiCall.VIDEO_SUBMIT, refusing(1, 503, Duration.ofSeconds(1)));

        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(1));
        assertThat(call).isCompletedWithValue("done");
    }

    @Test
    void whatMayHaveBeenChargedIsNotRepeatedAndNothingIsPaidBeforeAFreeCallIsAccepted() {
        List<String> sent = new ArrayList<>();
        AtomicInteger offline = new AtomicInteger(2);
        CallDispatcher probing = new CallDispatcher(gate, delays, Duration.ofMinutes(1), new CallStatistics(), () -> {
            sent.add("probe");
            if (offline.getAndDecrement() > 0) {
                throw ErrorClassifier.status(ApiCall.CREDIT, 503, "Offline", "", null);
            }
            return null;
        });

        CompletableFuture<String> first = probing.call(ApiCall.ERASE, refusing(1, 503, null));
        CompletableFuture<Boolean> second = probing.call(ApiCall.ERASE, () -> sent.add("picture"));

        assertThat(failure(first).billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(made).isEqualTo(1);
        assertThat(sent).isEmpty();
        time.pass(Duration.ofSeconds(30));
        assertThat(second).isCompleted();
        assertThat(sent).containsExactly("probe", "probe", "probe", "picture");
        assertThat(probing.call(ApiCall.ERASE, () -> sent.add("picture"))).isCompleted();
        assertThat(sent).endsWith("picture", "picture");
    }

    /** As with a gateway before the paid service alone: a free call that is accepted says nothing about it. */
    @Test
    void whileOnlyCallsThatPayAreRefusedFewOfThemAreMade() {
        List<CompletableFuture<String>> pictures = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            pictures.add(calls.call(ApiCall.ERASE, refusing(100, 503, null)));
        }

        for (int second = 0; second < 600; second++) {
            time.pass(Duration.ofSeconds(1));
            calls.call(ApiCall.VIDEO_STATUS, () -> "processing");
        }

        assertThat(made).isBetween(15, 35);
        assertThat(pictures).filteredOn(CompletableFuture::isDone).hasSize(made);
    }

    @Test
    void aCallThatIsPaidForIsNotMadeIfTheProbeFails() {
        CallDispatcher probing = new CallDispatcher(gate, delays, Duration.ofMinutes(1), new CallStatistics(), () -> {
            throw ErrorClassifier.noAnswer(ApiCall.CREDIT, false, new IOException("gone"));
        });
        probing.call(ApiCall.ERASE, refusing(1, 503, null));

        CompletableFuture<String> next = probing.call(ApiCall.ERASE, () -> "done");
        time.pass(Duration.ofSeconds(30));

        assertThat(failure(next).billed()).isEqualTo(Billed.NO);
    }

    @Test
    void otherCallsWaitAtTheGateToo() {
        calls.call(ApiCall.ERASE, refusing(1, 429, Duration.ofSeconds(20)));
        CompletableFuture<String> other = calls.call(ApiCall.CREDIT, () -> "other");

        assertThat(other).isNotDone();
        time.pass(Duration.ofSeconds(21));
        assertThat(other).isCompletedWithValue("other");
    }

    @Test
    void aWaitThatIsLongerThanAllowedIsNotBegun() {
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(9, 429, Duration.ofSeconds(61)));

        assertThat(failure(call)).isInstanceOf(DewatermarkRateLimitException.class);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void refusalsAreWaitedOutForNoLongerThanAllowedInAll() {
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(99, 429, Duration.ofSeconds(25)));

        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(25));
        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(25));

        DewatermarkException e = failure(call);
        assertThat(e).isInstanceOf(DewatermarkRateLimitException.class);
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isTrue();
        assertThat(made).isEqualTo(3);
    }

    @Test
    void aCallThatHasWaitedAsLongAsItMayIsMadeAllTheSame() {
        closed(Duration.ofHours(1));
        CompletableFuture<String> call = calls.call(ApiCall.CREDIT, () -> "done");

        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(60));
        assertThat(call).isCompletedWithValue("done");
    }

    @Test
    void aServerThatAsksForFarTooMuchDoesNotSlowDownAllCallsThatItAcceptsAfterwards() {
        closed(Duration.ofDays(365));
        calls.call(ApiCall.CREDIT, () -> "done");
        time.pass(Duration.ofSeconds(60));

        CompletableFuture<String> next = calls.call(ApiCall.CREDIT, () -> "next");

        assertThat(next).isCompletedWithValue("next");
    }

    @Test
    void withoutAnAllowedWaitARefusalIsTheResult() {
        CallDispatcher impatient = new CallDispatcher(gate, delays, Duration.ZERO, new CallStatistics(), () -> null);

        CompletableFuture<String> call = impatient.call(ApiCall.ERASE, refusing(9, 503, Duration.ZERO));

        assertThat(failure(call)).isInstanceOf(DewatermarkServerException.class);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void withoutAnAllowedWaitNobodyWaitsForATurnEither() {
        CallDispatcher impatient = new CallDispatcher(gate, delays, Duration.ZERO, new CallStatistics(), () -> null);
        calls.call(ApiCall.ERASE, refusing(1, 429, Duration.ofSeconds(20)));
        calls.call(ApiCall.ERASE, () -> "patient");
        time.pass(Duration.ofSeconds(20));

        assertThat(impatient.call(ApiCall.ERASE, () -> "done")).isCompletedWithValue("done");
    }

    /** Such as a limit for one kind of call. */
    @Test
    void aCallThatIsRefusedWhileOthersAreAcceptedWaitsNoLongerThanAllowed() {
        RateGate.Turn other = gate.turn(ApiCall.CREDIT);
        gate.ask(other);
        Supplier<String> refusing = refusing(999, 429, Duration.ofSeconds(5));
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, () -> {
            gate.accepted(other, false);
            return refusing.get();
        });
        Duration waited = Duration.ZERO;
        while (!call.isDone() && waited.toMinutes() < 5) {
            waited = waited.plus(time.runNext());
        }

        assertThat(failure(call)).isInstanceOf(DewatermarkRateLimitException.class);
        assertThat(waited).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void aServerThatSaysAtOnceIsNotAskedAllTheTime() {
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(999, 429, Duration.ZERO));
        List<Duration> waits = new ArrayList<>();
        while (!call.isDone()) {
            waits.add(time.runNext());
        }

        assertThat(made).isLessThan(9);
        assertThat(waits).allMatch(wait -> wait.toMillis() >= 800);
        assertThat(waits.stream().reduce(Duration.ZERO, Duration::plus)).isLessThanOrEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void whatMayHaveBeenPaidIsNotRepeated() {
        for (ApiCall call : List.of(ApiCall.ERASE, ApiCall.VIDEO_SUBMIT)) {
            assertNotRepeated(call, ErrorClassifier.status(call, 500, null, "", null));
            assertNotRepeated(call, ErrorClassifier.noAnswer(call, true, new Exception()));
            assertNotRepeated(call, ErrorClassifier.noAnswer(call, false, new Exception()));
        }
    }

    @Test
    void whatWillFailAgainIsNotRepeated() {
        assertNotRepeated(ApiCall.CREDIT, ErrorClassifier.status(ApiCall.CREDIT, 400, null, "", null));
        assertNotRepeated(ApiCall.VIDEO_UPLOAD, ErrorClassifier.status(ApiCall.VIDEO_UPLOAD, 403, null, "", null));
        assertNotRepeated(ApiCall.VIDEO_DOWNLOAD, ErrorClassifier.status(ApiCall.VIDEO_DOWNLOAD, 403, null, "", null));
        assertNotRepeated(ApiCall.VIDEO_DOWNLOAD, ErrorClassifier.notAllowed(ApiCall.VIDEO_DOWNLOAD, "host"));
    }

    /** It has a schedule of its own. */
    @Test
    void aLookAtATaskIsNotRepeated() {
        assertNotRepeated(ApiCall.VIDEO_STATUS, ErrorClassifier.status(ApiCall.VIDEO_STATUS, 500, null, "", null));
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "CREDIT",
                "VIDEO_CREATE",
                "VIDEO_UPLOAD",
                "VIDEO_DOWNLOAD",
                "PDF_CREATE",
                "PDF_UPLOAD",
                "PDF_DOWNLOAD"
            })
    void aFreeCallIsRepeatedTwiceAfterAPassingTrouble(ApiCall free) {
        made = 0;
        CompletableFuture<String> call = calls.call(free, () -> {
            if (made++ < 2) {
                throw made == 1
                        ? ErrorClassifier.noAnswer(free, true, new Exception())
                        : ErrorClassifier.status(free, 502, null, "", null);
            }
            return "done";
        });

        assertThat(call).isNotDone();
        time.runNext();
        assertThat(call).isNotDone();
        time.runNext();
        assertThat(call).isCompletedWithValue("done");
        assertThat(made).isEqualTo(3);
    }

    @Test
    void aTroubleThatDoesNotPassIsTheResult() {
        DewatermarkException problem = ErrorClassifier.status(ApiCall.VIDEO_DOWNLOAD, 500, null, "", null);
        made = 0;
        CompletableFuture<String> call = calls.call(ApiCall.VIDEO_DOWNLOAD, () -> {
            made++;
            throw problem;
        });
        time.runNext();
        time.runNext();

        assertThat(failure(call)).isSameAs(problem);
        assertThat(made).isEqualTo(3);
    }

    @Test
    void progressIsRepeatedTwiceAgain() {
        DewatermarkException problem = ErrorClassifier.status(ApiCall.VIDEO_DOWNLOAD, 500, null, "", null);
        long[] progress = {3, 4, 4, 5, 5, 5}; // after each attempt
        made = 0;
        CompletableFuture<String> call = calls.call(
                ApiCall.VIDEO_DOWNLOAD,
                () -> {
                    made++;
                    throw problem;
                },
                () -> made == 0 ? 3 : progress[made - 1]);
        while (!call.isDone()) {
            assertThat(time.runNext()).isNotNull();
        }

        assertThat(failure(call)).isSameAs(problem);
        assertThat(made).isEqualTo(6);
    }

    @Test
    void progressIsWhatComesFurtherThanEver() {
        DewatermarkException problem = ErrorClassifier.status(ApiCall.VIDEO_DOWNLOAD, 500, null, "", null);
        made = 0;
        CompletableFuture<String> call = calls.call(
                ApiCall.VIDEO_DOWNLOAD,
                () -> {
                    made++;
                    throw problem;
                },
                () -> made % 2 * 5L);
        while (!call.isDone()) {
            assertThat(time.runNext()).isNotNull();
        }

        assertThat(made).isEqualTo(3);
    }

    @Test
    void nothingIsSentAnyMoreAfterAStop() {
        delays.close();

        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(0, 429, null));

        assertThat(failure(call).billed()).isEqualTo(Billed.NO);
        assertThat(failure(call).retryable()).isTrue();
        assertThat(made).isZero();
    }

    private void assertNotRepeated(ApiCall kind, DewatermarkException problem) {
        made = 0;
        CompletableFuture<String> call = calls.call(kind, () -> {
            made++;
            throw problem;
        });

        assertThat(failure(call)).isSameAs(problem);
        assertThat(made).isEqualTo(1);
    }

    @Test
    void anErrorOfTheVirtualMachineIsAResultToo() {
        CompletableFuture<String> call = calls.call(ApiCall.CREDIT, () -> {
            throw new NoClassDefFoundError("x");
        });

        assertThat(call).isCompletedExceptionally();
    }

    @Test
    void aStopEndsTheWaitAndSaysThatNothingWasCharged() {
        CompletableFuture<String> call = calls.call(ApiCall.ERASE, refusing(9, 429, Duration.ofSeconds(20)));

        delays.close();

        DewatermarkException e = failure(call);
        assertThat(e).isInstanceOf(DewatermarkTransportException.class).hasMessageContaining("stopped");
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isTrue();
        assertThat(made).isEqualTo(1);
    }

    @Test
    void everyAttemptIsCountedAndEveryWaitForTheRateLimit() {
        calls.call(ApiCall.ERASE, refusing(2, 429, Duration.ofSeconds(20)));
        calls.call(ApiCall.CREDIT, () -> "done");
        time.pass(Duration.ofSeconds(60));

        assertThat(statistics.calls(ApiCall.ERASE)).isEqualTo(3);
        assertThat(statistics.calls(ApiCall.CREDIT)).isEqualTo(1);
        assertThat(statistics.calls()).isEqualTo(4);
        assertThat(statistics.failedCalls()).isEqualTo(2);
        assertThat(statistics.rateLimitWaits()).isGreaterThanOrEqualTo(3);
    }

    @Test
    void callsAreCountedByWhatTheyEndedWith() {
        calls.call(ApiCall.ERASE, refusing(2, 429, Duration.ofSeconds(20)));
        time.pass(Duration.ofSeconds(60));
        calls.call(ApiCall.ERASE, () -> {
            throw new IllegalStateException();
        });

        assertThat(statistics.calls(ApiCall.ERASE, CallOutcome.REFUSED)).isEqualTo(2);
        assertThat(statistics.calls(ApiCall.ERASE, CallOutcome.SUCCESS)).isOne();
        assertThat(statistics.calls(ApiCall.ERASE, CallOutcome.ERROR)).isOne();
        assertThat(statistics.time(ApiCall.ERASE, CallOutcome.SUCCESS)).isPositive();
        assertThat(statistics.time(ApiCall.CREDIT, CallOutcome.SUCCESS)).isZero();
    }

    @Test
    void theTimeThatACallIsHeldBackIsSummedUpWhenItGoes() {
        calls.call(ApiCall.ERASE, refusing(2, 429, Duration.ofSeconds(20)));
        assertThat(statistics.rateLimitTime()).isZero();
        time.runNext();
        assertThat(statistics.rateLimitTime()).isEqualTo(Duration.ofSeconds(20));
        time.runNext();

        assertThat(statistics.rateLimitTime()).isEqualTo(Duration.ofSeconds(40));
    }

    @Test
    void theTimeThatACallWasHeldBackCountsAlsoIfItIsGivenUp() {
        calls.call(ApiCall.ERASE, refusing(1, 429, Duration.ofSeconds(20)));
        time.pass(Duration.ofSeconds(5));
        delays.close();

        assertThat(statistics.rateLimitTime()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsNotSentIsNotCounted() {
        delays.close();
        calls.call(ApiCall.ERASE, refusing(0, 429, null));

        assertThat(statistics.calls()).isZero();
    }

    @Test
    void theOperatorIsToldOnceThatCallsAreHeldBackHoweverManyThereAre() {
        try (LogLines infos = LogLines.infos()) {
            calls.call(ApiCall.CREDIT, refusedTogether(5));

            assertThat(infos.messages()).singleElement().satisfies(line -> assertThat(line)
                    .matches("Calls are held back for \\d+ ms: .*")
                    .contains("credit", "429"));
        }
    }

    /** A call that is refused while others are under way, which are refused as well. */
    private Supplier<String> refusedTogether(int others) {
        return () -> {
            if (others > 0) {
                calls.call(ApiCall.CREDIT, refusedTogether(others - 1));
            }
            made++;
            throw ErrorClassifier.status(ApiCall.CREDIT, 429, "Later", "", Duration.ofSeconds(10));
        };
    }

    private Supplier<String> refusing(int times, int status, Duration retryAfter) {
        return () -> {
            if (made++ < times) {
                throw ErrorClassifier.status(ApiCall.ERASE, status, "Later", "", retryAfter);
            }
            return "done";
        };
    }

    private void closed(Duration retryAfter) {
        gate.refused(gate.turn(ApiCall.CREDIT), retryAfter);
    }

    private static DewatermarkException failure(CompletableFuture<?> call) {
        assertThat(call).isCompletedExceptionally();
        Throwable e = call.handle((value, error) -> error).join();
        return (DewatermarkException) (e instanceof CompletionException ? e.getCause() : e);
    }
}
