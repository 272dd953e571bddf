package io.github.cameldewatermark.task;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.client.throttle.VirtualTimer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.testkit.LogLines;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.apache.hc.client5.http.classic.HttpClient;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskPollerTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final PollSchedule SCHEDULE =
            new PollSchedule(Duration.ofSeconds(2), Duration.ofSeconds(30), Duration.ofMinutes(10));
    private static final Task SUBMITTED = new Task("t1", Status.PROCESSING, 0, null, null, null, null, null);

    private final VirtualTimer time = new VirtualTimer();
    private final Delays delays = new Delays(time, Runnable::run);
    private final TasksInFlight tasks = new TasksInFlight();
    private final VideoApi api = new VideoApi(SERVER);

    @AutoClose
    private final DewatermarkClient client = DewatermarkClient.builder()
            .apiKey("k")
            .baseUrl(SERVER.baseUrl())
            .responseTimeout(Duration.ofSeconds(5))
            .build();

    private final TaskPoller poller = poller(client);

    @Test
    void aTaskIsLookedAtUntilItIsCompleted() {
        api.statuses(VideoApi.task("PROCESSING"), VideoApi.task("PROCESSING"), VideoApi.task("COMPLETED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);

        assertThat(api.looks()).as("the first look is after the first wait").isZero();
        assertThat(time.runNext()).isBetween(Duration.ofMillis(1800), Duration.ofMillis(2000));
        assertThat(end).isNotDone();
        time.runNext();
        assertThat(end).isNotDone();
        time.runNext();
        assertThat(end.join().downloadUrl()).isEqualTo(URI.create("http://localhost/clip"));
        assertThat(api.looks()).isEqualTo(3);
        assertThat(time.untilNext()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"status":"QUEUED"}   | its status is QUEUED, which is not known
            {}                    | the field status is missing
            <html>busy</html>     | not JSON
            {"status":1e9999999999} | a number is out of range
            too long              | the JSON is longer than 1048576 bytes
            """)
    void answersThatMakeNoSenseAreLoggedAtOnce(String answer, String problem) {
        api.statuses(okJson(answer.equals("too long") ? " ".repeat(2_000_000) : answer));
        try (LogLines log = LogLines.infos()) {
            CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
            time.runNext();
            assertThat(log.messages()).singleElement().asString().contains("t1", problem);

            while (!end.isDone()) {
                time.runNext();
            }

            assertThat(log.messages()).as("once").hasSize(1);
            assertThat(failure(end)).hasMessageContaining("not completed within 600 s");
            assertThat(failure(end).getSuppressed()).singleElement().satisfies(last -> assertThat(last)
                    .hasMessageContaining(problem));
        }
    }

    @Test
    void anAnswerThatMakesSenseAgainIsHeeded() {
        api.statuses(VideoApi.task("QUEUED"), VideoApi.task("QUEUED"), VideoApi.task("COMPLETED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();
        time.runNext();
        time.runNext();

        assertThat(end.join().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void theNextLookGoesByTheProgressOfAllLooksBefore() {
        api.statuses(
                VideoApi.task("PROCESSING", 0.01), VideoApi.task("PROCESSING", 0.02), VideoApi.task("COMPLETED", 1));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();
        time.runNext();

        assertThat(time.runNext())
                .as("about as long as it was watched")
                .isBetween(Duration.ofMillis(3200), Duration.ofSeconds(4));
        assertThat(end).isCompleted();
    }

    @Test
    void aTaskThatIsCompletedAlreadyIsNotLookedAt() {
        Task completed = new Task("t1", Status.COMPLETED, 1, null, null, null, null, null);

        assertThat(poller.completion(completed, "clip.mp4", true)).isCompletedWithValue(completed);
        assertThat(time.untilNext()).isEmpty();
        assertThat(tasks.completed()).as("those that were waited for").isZero();
    }

    @Test
    void aTaskThatIsStillCreatedWhenItWasJustSubmittedIsWaitedFor() {
        api.statuses(VideoApi.task("CREATED"), VideoApi.task("COMPLETED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();
        time.runNext();

        assertThat(end.join().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aFailedTaskIsRefundedAndMayBeStartedAnew() {
        api.statuses(VideoApi.task("FAILED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();

        DewatermarkTaskException e = failure(end);
        assertThat(e).hasMessage("Dewatermark video task t1 failed; its credits are refunded");
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isTrue();
        assertThat(e.taskId()).isEqualTo("t1");
    }

    @Test
    void aLookThatFailsSaysNothingAboutTheTask() {
        api.statuses(
                serverError(),
                aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER),
                aResponse().withFault(Fault.EMPTY_RESPONSE),
                aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE),
                okJson("<html>"),
                okJson("{}"),
                status(502),
                VideoApi.task("COMPLETED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        for (int look = 0; look < 7; look++) {
            time.runNext();
            assertThat(end).as("look %d", look).isNotDone();
        }
        time.runNext();

        assertThat(end.join().status()).isEqualTo(Status.COMPLETED);
        assertThat(api.looks()).isEqualTo(8);
    }

    @Test
    void aThrottledLookIsMadeAgainLater() {
        api.statuses(status(429).withHeader("Retry-After", "20"), VideoApi.task("COMPLETED"));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();
        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(20));

        assertThat(end.join().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void aKeyThatIsRefusedEndsTheWaitButNotTheTask() {
        api.statuses(status(401));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();

        DewatermarkTaskException e = failure(end);
        assertThat(e).hasMessageContaining("task t1");
        assertThat(e.getSuppressed()).hasExactlyElementsOfTypes(DewatermarkAuthenticationException.class);
        assertThat(e.billed()).isEqualTo(Billed.YES);
        assertThat(e.retryable()).isFalse();
        assertThat(api.looks()).isEqualTo(1);
    }

    @Test
    void aTaskThatThePlatformDoesNotKnowIsNotSaidToRun() {
        api.statuses(status(404));

        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();

        DewatermarkTaskException e = failure(end);
        assertThat(e)
                .hasMessageStartingWith("Dewatermark video task t1 can no longer be polled; it is paid and may still be"
                        + " running: resume it by its id. ");
        assertThat(e.billed()).isEqualTo(Billed.YES);
        assertThat(e.retryable()).isFalse();
    }

    @Test
    void theLastLookIsOnTheDeadlineAndThenTheTaskCanBeResumed() {
        api.statuses(VideoApi.task("PROCESSING"));
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);

        Duration passed = Duration.ZERO;
        while (!end.isDone()) {
            passed = passed.plus(time.runNext());
        }

        assertThat(passed).isEqualTo(Duration.ofMinutes(10));
        DewatermarkTaskException e = failure(end);
        assertThat(e)
                .hasMessage(
                        "Dewatermark video task t1 was not completed within 600 s (option taskTimeout); it is paid and may"
                                + " still be running: resume it by its id");
        assertThat(e.billed()).isEqualTo(Billed.YES);
        assertThat(e.retryable()).isTrue();
    }

    @Test
    void aTaskThatIsCompletedOnTheDeadlineIsCompleted() {
        api.statuses(VideoApi.task("PROCESSING"));
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.pass(Duration.ofMinutes(10).minusMillis(1));
        api.statuses(VideoApi.task("COMPLETED"));

        time.runNext();

        assertThat(end.join().status()).isEqualTo(Status.COMPLETED);
    }

    @Test
    void theTimeoutHasTheProblemOfTheLastLook() {
        api.statuses(serverError());
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.pass(Duration.ofMinutes(11));

        assertThat(failure(end)).hasMessageContaining("was not completed within");
        assertThat(failure(end).getSuppressed()).singleElement().satisfies(problem -> assertThat(problem)
                .hasMessageContaining("HTTP 500"));
    }

    @Test
    void closingEndsTheWaitOfATaskThatCanBeResumed() {
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);

        delays.close();

        assertStopped(end);
        assertThat(api.looks()).isZero();
    }

    @Test
    void closingDuringAThrottledLookIsAStopToo() {
        api.statuses(status(429).withHeader("Retry-After", "20"));
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();

        delays.close();

        assertStopped(end);
    }

    @Test
    void closingWhileALookIsUnderWayIsAStopToo() throws Exception {
        HttpClient closing = http(() -> {
            delays.close();
            throw new IOException("closed"); // as a forced stop closes the connections, too
        });
        try (DewatermarkClient stopped =
                DewatermarkClient.builder().apiKey("k").httpClient(closing).build()) {
            CompletableFuture<Task> end = poller(stopped).completion(SUBMITTED, "clip.mp4", true);
            time.runNext();

            assertStopped(end);
        }
    }

    @Test
    void aWaitThatBeginsAfterClosingIsAStopToo() {
        delays.close();

        assertStopped(poller.completion(SUBMITTED, "clip.mp4", true));
    }

    /** Too little heap, for one, says nothing about the task. */
    @Test
    void anErrorInALookDoesNotEndTheWaitBeforeItsTime() throws Exception {
        HttpClient broken = http(() -> {
            throw new OutOfMemoryError("x");
        });
        try (DewatermarkClient brokenClient =
                DewatermarkClient.builder().apiKey("k").httpClient(broken).build()) {
            CompletableFuture<Task> end = poller(brokenClient).completion(SUBMITTED, "clip.mp4", true);
            time.runNext();
            assertThat(end).isNotDone();
            while (time.untilNext().isPresent()) {
                time.runNext();
            }

            assertThat(failure(end).billed()).isEqualTo(Billed.YES);
            assertThat(failure(end)).hasMessageContaining("not completed within 600 s");
        }
    }

    @Test
    void aTaskIsListedWhileItIsWaitedFor() {
        api.statuses(VideoApi.task("PROCESSING"), VideoApi.task("COMPLETED"));
        CompletableFuture<Task> end = poller.completion(SUBMITTED, "clip.mp4", true);

        assertThat(tasks.list()).containsExactly(task("t1", 0));
        time.runNext();
        assertThat(tasks.list()).containsExactly(task("t1", 0.5));
        time.runNext();
        assertThat(end).isCompleted();
        assertThat(tasks.list()).isEmpty();
    }

    @Test
    void aLookThatFailsIsFollowedByAnotherWhichCanBeSeen() {
        api.statuses(serverError());
        poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();

        assertThat(tasks.list()).containsExactly(task("t1", 0));
    }

    @Test
    void aTaskWasCompletedForNoLongerThanSinceItWasSeenRunning() {
        api.statuses(VideoApi.task("PROCESSING"), VideoApi.task("COMPLETED"));
        poller.completion(SUBMITTED, "clip.mp4", true);
        time.runNext();
        assertThat(tasks.completed()).isZero();
        Duration wait = time.runNext();

        assertThat(tasks.completed()).isOne();
        assertThat(tasks.pollDelay()).isEqualTo(wait);
    }

    @Test
    void aTaskThatIsGivenUpIsNotListedAnyMore() {
        poller.completion(SUBMITTED, "clip.mp4", true);
        delays.close();

        assertThat(tasks.list()).isEmpty();
    }

    private TasksInFlight.Snapshot task(String id, double progress) {
        Instant nextPoll = time.clock().instant().plus(time.untilNext().orElseThrow());
        return new TasksInFlight.Snapshot(id, "clip.mp4", Instant.parse("2026-01-01T00:00:00Z"), progress, nextPoll);
    }

    /** A client whose every call does this. */
    private static HttpClient http(Callable<Object> call) {
        return (HttpClient) Proxy.newProxyInstance(
                TaskPollerTest.class.getClassLoader(),
                new Class<?>[] {HttpClient.class},
                (proxy, method, arguments) -> call.call());
    }

    private TaskPoller poller(DewatermarkClient client) {
        CallDispatcher calls = new CallDispatcher(
                new RateGate(time.clock()), delays, Duration.ofSeconds(60), new CallStatistics(), () -> null);
        return new TaskPoller(client.video(), calls, delays, SCHEDULE, tasks, time.clock());
    }

    private static void assertStopped(CompletableFuture<Task> end) {
        DewatermarkTaskException e = failure(end);
        assertThat(e)
                .hasMessage("Dewatermark video task t1 is no longer waited for, because the route was stopped; it is"
                        + " paid and may still be running: resume it by its id");
        assertThat(e.billed()).isEqualTo(Billed.YES);
        assertThat(e.retryable()).isTrue();
    }

    private static DewatermarkTaskException failure(CompletableFuture<Task> end) {
        assertThat(end).isCompletedExceptionally();
        return (DewatermarkTaskException)
                Failures.cause(end.handle((task, error) -> error).join());
    }
}
