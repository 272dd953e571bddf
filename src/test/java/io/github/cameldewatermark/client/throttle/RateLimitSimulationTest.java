package io.github.cameldewatermark.client.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many exchanges at once on a platform that takes ten calls a second, in virtual time. */
class RateLimitSimulationTest {

    private static final int PER_SECOND = 10;
    private static final int WORKERS = 16;
    private static final Duration MAX_THROTTLE_WAIT = Duration.ofSeconds(60);

    private final VirtualTimer time = new VirtualTimer();
    private final Clock clock = time.clock();
    private final Instant start = clock.instant();
    private final VirtualWorkers workers = new VirtualWorkers(time, WORKERS);
    private final CallStatistics statistics = new CallStatistics();
    private final CallDispatcher calls = new CallDispatcher(
            new RateGate(clock), new Delays(time, workers), MAX_THROTTLE_WAIT, statistics, () -> null);
    private final Random random = new Random(1);

    private RateLimit limit;
    private Duration latency = Duration.ofMillis(300);

    @ParameterizedTest(name = "bucket of {0} (0: one second), Retry-After: {1}, {2} ms a call")
    @CsvSource({
        "0, 1, 5", "0, 1, 400", "0, 1, 1500",
        "0,  , 5", "0,  , 400", "0,  , 1500",
        "1, 1, 5", "1, 1, 400", "1, 1, 1500",
        "1,  , 5", "1,  , 400", "1,  , 1500",
        "30, 1, 5", "30, 1, 400", "30, 1, 1500",
        "30,  , 5", "30,  , 400", "30,  , 1500",
    })
    void allCallsGetThroughSoonAndFewAreRefused(int bucket, Integer retryAfter, int millis) {
        Duration asked = retryAfter == null ? null : Duration.ofSeconds(retryAfter);
        limit = bucket == 0
                ? RateLimit.window(clock, PER_SECOND, asked)
                : RateLimit.bucket(clock, PER_SECOND, bucket, asked);
        latency = Duration.ofMillis(millis);

        List<CompletableFuture<Duration>> ends = callAtOnce(500);
        workers.runAll();

        assertThat(ends).allSatisfy(end -> assertThat(end).isCompleted());
        assertThat(100.0 * statistics.failedCalls() / statistics.calls()).isLessThan(5);
        assertThat(sinceStart()).isLessThan(Duration.ofSeconds(500 / PER_SECOND * 3 / 2));
    }

    /** As many as there may be in flight: longer than the time that refusals are waited out. */
    @Test
    void aLongQueueIsNoRefusal() {
        limit = RateLimit.window(clock, PER_SECOND, Duration.ofSeconds(1));

        List<CompletableFuture<Duration>> ends = callAtOnce(1000);
        workers.runAll();

        assertThat(ends).allSatisfy(end -> assertThat(end).isCompleted());
        assertThat(sinceStart()).isGreaterThan(MAX_THROTTLE_WAIT.multipliedBy(3).dividedBy(2));
    }

    @Test
    void aPlatformThatRefusesAllIsWaitedForNoLongerThanAllowedHoweverManyWait() {
        limit = RateLimit.window(clock, 0, null);

        List<CompletableFuture<Duration>> ends = callAtOnce(500);
        workers.runAll();

        assertThat(ends).allSatisfy(end -> assertThat(end.handle((ok, error) -> Failures.cause(error)))
                .isCompletedWithValueMatching(DewatermarkRateLimitException.class::isInstance));
        assertThat(sinceStart()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(70));
    }

    @Test
    void afterAnOutageTheyDoNotComeAllAtOnce() {
        Instant up = start.plusSeconds(20);
        RateLimit after = RateLimit.window(clock, PER_SECOND, null);
        limit = RateLimit.when(clock, now -> now.isAfter(up) && after.takes(now));

        List<CompletableFuture<Duration>> ends = callAtOnce(500);
        workers.runAll();

        assertThat(ends).allSatisfy(end -> assertThat(end).isCompleted());
        assertThat(100.0 * statistics.failedCalls() / statistics.calls()).isLessThan(8);
    }

    @Test
    void aLookAtATaskDoesNotWaitForAllCallsThatWereThereBefore() {
        limit = RateLimit.window(clock, PER_SECOND, Duration.ofSeconds(1));
        List<CompletableFuture<Duration>> looks = new ArrayList<>();

        callAtOnce(500);
        for (int second = 1; second < 50; second++) {
            time.schedule(() -> workers.execute(() -> looks.add(call(ApiCall.VIDEO_STATUS))), second, TimeUnit.SECONDS);
        }
        workers.runAll();

        assertThat(looks).allSatisfy(look -> assertThat(look.join()).isLessThan(Duration.ofSeconds(5)));
    }

    @Test
    void whoIsNotLimitedNeverWaits() {
        limit = RateLimit.window(clock, 1_000_000, null);

        callAtOnce(500);
        workers.runAll();

        assertThat(statistics.rateLimitWaits()).isZero();
    }

    private List<CompletableFuture<Duration>> callAtOnce(int count) {
        List<CompletableFuture<Duration>> ends = IntStream.range(0, count)
                .mapToObj(i -> new CompletableFuture<Duration>())
                .toList();
        for (CompletableFuture<Duration> end : ends) {
            workers.execute(() -> call(ApiCall.ERASE).whenComplete((took, error) -> {
                if (error == null) {
                    end.complete(took);
                } else {
                    end.completeExceptionally(error);
                }
            }));
        }
        return ends;
    }

    /** How long it took. */
    private CompletableFuture<Duration> call(ApiCall call) {
        Instant called = clock.instant();
        return calls.call(call, () -> {
                    boolean taken = limit.takes();
                    // a refusal comes sooner than a result
                    long millis = taken ? latency.toMillis() : latency.toMillis() / 4;
                    workers.sleep(Duration.ofMillis((long) (millis * random.nextDouble(0.7, 1.3))));
                    if (!taken) {
                        throw ErrorClassifier.status(call, 429, "Too Many Requests", "", limit.retryAfter());
                    }
                    return "done";
                })
                .thenApply(done -> Duration.between(called, clock.instant()));
    }

    private Duration sinceStart() {
        return Duration.between(start, clock.instant());
    }
}
