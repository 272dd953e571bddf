package io.github.cameldewatermark.task;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** With real threads: one worker serves many tasks at once. */
class ManyTasksTest {

    private static final int TASKS = 50;

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final Set<Thread> completedOn = ConcurrentHashMap.newKeySet();

    @Test
    void noThreadIsHeldBetweenTwoLooks() throws Exception {
        ExecutorService worker = Executors.newSingleThreadExecutor();
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Thread workerThread = worker.submit(Thread::currentThread).get();
        answer("PROCESSING");
        try (DewatermarkClient client = DewatermarkClient.builder()
                        .apiKey("k")
                        .baseUrl(SERVER.baseUrl())
                        .build();
                Delays delays = new Delays(timer, worker)) {
            List<CompletableFuture<Task>> ends = start(client, delays);
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> SERVER.getAllServeEvents().size() >= TASKS);

            // all of them are under way, and the only worker has time for something else
            assertThat(ends).noneMatch(CompletableFuture::isDone);
            assertThat(worker.submit(() -> "free").get(5, TimeUnit.SECONDS)).isEqualTo("free");

            answer("COMPLETED");
            CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(10, TimeUnit.SECONDS);
            assertThat(completedOn).containsExactly(workerThread);
        } finally {
            timer.shutdownNow();
            worker.shutdownNow();
        }
    }

    private List<CompletableFuture<Task>> start(DewatermarkClient client, Delays delays) {
        RateGate gate = new RateGate(Clock.systemUTC());
        TaskPoller poller = new TaskPoller(
                client.video(),
                new CallDispatcher(gate, delays, Duration.ofSeconds(60), new CallStatistics(), () -> null),
                delays,
                new PollSchedule(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMinutes(1)),
                new TasksInFlight(),
                Clock.systemUTC());
        return IntStream.range(0, TASKS)
                .mapToObj(i -> new Task("t" + i, Status.PROCESSING, 0, null, null, null, null, null))
                .map(task -> poller.completion(task, "clip.mp4", true)
                        .whenComplete((end, error) -> completedOn.add(Thread.currentThread())))
                .toList();
    }

    private static void answer(String status) {
        SERVER.stubFor(any(anyUrl()).willReturn(okJson("{\"status\":\"" + status + "\"}")));
    }
}
