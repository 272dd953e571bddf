package io.github.cameldewatermark;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges begin, wait and end without holding threads, and each ends exactly once, whatever happens. */
@Timeout(60)
class AsyncProducerTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandboxThatKeepsClips(Duration.ofMillis(500));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void stopByForceSoon() {
        context.camel().getShutdownStrategy().setTimeout(1);
        context.camel().getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    }

    @Test
    void theCallbackIsCalledOnceAndOnAWorker() throws Exception {
        context.camel().start();
        AsyncProducer erase = context.camel().getEndpoint("dewatermark:erase").createAsyncProducer();
        context.camel().addService(erase);
        Exchange exchange = new DefaultExchange(context.camel());
        exchange.getMessage().setBody(jpeg());
        List<String> callbacks = new CopyOnWriteArrayList<>();

        boolean doneSync = erase.process(
                exchange,
                sync -> callbacks.add(sync + " on " + Thread.currentThread().getName()));

        assertThat(doneSync).isFalse();
        await().until(() -> !callbacks.isEmpty());
        assertThat(callbacks).singleElement().asString().startsWith("false on ").endsWith("- Dewatermark");
    }

    /** Camel takes Errors of a step only on the thread that the exchange began on. */
    @Test
    void anErrorOfALaterStepIsLogged() throws Exception {
        context.start(routes -> routes.from("direct:in").to("dewatermark:erase").process(exchange -> {
            throw new AssertionError("in a later step");
        }));

        try (LogLines log = LogLines.infos()) {
            context.sendAsync(jpeg());

            await().until(() -> log.messages().stream().anyMatch(line -> line.contains("a later step threw an Error")));
        }
    }

    @Test
    void aSecondStepIsNotHeldUpByNewExchanges() throws Exception {
        context.component().setMaxConcurrentRequests(1);
        context.start("dewatermark:erase", "dewatermark:erase");

        List<CompletableFuture<Exchange>> answers =
                IntStream.range(0, 10).mapToObj(i -> context.sendAsync(jpeg())).toList();

        for (CompletableFuture<Exchange> answer : answers) {
            assertThat(body(answer.get(30, SECONDS))).isNotNull();
        }
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(20);
    }

    @Test
    void aStepThatWaitsForAnotherPictureOnTheOnlyWorkerGetsIt() throws Exception {
        context.component().setMaxConcurrentRequests(1);
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase").process(e -> e.getMessage()
                    .setBody(body(context.sendTo("direct:inner", jpeg(), Map.of()))));
            routes.from("direct:inner").to("dewatermark:erase");
        });

        assertThat(body(context.sendAsync(jpeg()).get(30, SECONDS))).isNotNull();
    }

    @Test
    void aStopPastItsTimeoutEndsAVideoExchangeWithTheIdOfItsTask() throws Exception {
        try (Sandbox slow = TestClips.sandboxThatKeepsClips(Duration.ofMinutes(5))) {
            context.options().setBaseUrl(slow.baseUrl());
            context.start("dewatermark:video");
            CompletableFuture<Exchange> answer = context.sendAsync(clip());
            await().until(() -> !context.component().tasksInFlight().isEmpty());
            String taskId = context.component().tasksInFlight().get(0).taskId();

            context.camel().stop();

            assertThat(answer.get(10, SECONDS).getException())
                    .isInstanceOfSatisfying(DewatermarkTaskException.class, e -> {
                        assertThat(e.taskId()).isEqualTo(taskId);
                        assertThat(e.billed()).isEqualTo(Billed.YES);
                        assertThat(e.retryable()).isTrue();
                        assertThat(e).hasMessageContaining("route was stopped");
                    });
            assertThat(context.component().tasksInFlight()).isEmpty();
            assertNothingIsLeft();
        }
    }

    @Test
    void aStopPastItsTimeoutCutsOffAPictureThatIsBeingCleaned() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(30)));
        context.start("dewatermark:erase");
        CompletableFuture<Exchange> answer = context.sendAsync(jpeg());
        await().until(() -> context.component().getInflightExchanges() == 1);

        context.camel().stop();

        assertThat(failure(answer.get(10, SECONDS), DewatermarkTransportException.class)
                        .retryable())
                .isFalse();
        assertNothingIsLeft();
    }

    @Test
    void aContextThatWasStoppedWorksAgainAfterItsNextStart() throws Exception {
        // a context forgets its components when it stops, so the options are in the URI
        context.start(
                "dewatermark:video?apiKey=" + sandbox.apiKey() + "&baseUrl=" + sandbox.baseUrl() + "&pollInterval=50");
        context.camel().stop();
        context.camel().start();

        byte[] answer = context.camel().createProducerTemplate().requestBody("direct:in", clip(), byte[].class);

        assertThat(answer).isEqualTo(clip());
    }

    private void assertNothingIsLeft() {
        assertThat(context.camel().getInflightRepository().size()).isZero();
        await().until(() -> Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .noneMatch(
                        name -> name.contains("(" + context.camel().getName() + ")") && name.contains("Dewatermark")));
    }

    private static byte[] clip() {
        return TestPictures.resource("/samples/video/rocket-pan.mp4");
    }
}
