package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Exchanges begin, wait and end without holding threads, and each ends exactly once, whatever happens. */
@Timeout(60)
class AsyncProducerTest {

    private final Sandbox sandbox = Samples.sandboxThatKeepsClips(Duration.ofMillis(500));
    private final DefaultCamelContext context = new DefaultCamelContext();
    private DewatermarkComponent dewatermark;

    @BeforeEach
    void configure() {
        dewatermark = context.getComponent("dewatermark", DewatermarkComponent.class);
        dewatermark.getConfiguration().setApiKey(sandbox.apiKey());
        dewatermark.getConfiguration().setBaseUrl(sandbox.baseUrl());
        dewatermark.getConfiguration().setPollInterval(50);
        context.getShutdownStrategy().setTimeout(1);
        context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    }

    @AfterEach
    void close() {
        context.stop();
        sandbox.close();
    }

    @Test
    void theCallbackIsCalledOnceAndOnAWorker() throws Exception {
        context.start();
        AsyncProducer erase = producer("dewatermark:erase");
        List<String> callbacks = new CopyOnWriteArrayList<>();

        boolean doneSync = erase.process(exchange(Samples.jpeg()), sync -> callbacks.add(sync + " on " + threadName()));

        assertThat(doneSync).isFalse();
        await().atMost(10, SECONDS).until(() -> !callbacks.isEmpty());
        assertThat(callbacks).singleElement().asString().startsWith("false on ").endsWith("- Dewatermark");
    }

    /** Camel takes Errors of a step only on the thread that the exchange began on. */
    @Test
    void anErrorOfALaterStepIsLogged() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").process(exchange -> {
                    throw new AssertionError("in a later step");
                });
            }
        });
        context.start();

        try (LogLines log = LogLines.infos()) {
            context.createProducerTemplate().asyncSendBody("direct:in", Samples.jpeg());

            await().atMost(10, SECONDS).until(() -> log.messages().stream()
                    .anyMatch(line -> line.contains("a later step threw an Error")));
        }
    }

    @Test
    void aSecondStepIsNotHeldUpByNewExchanges() throws Exception {
        dewatermark.setMaxConcurrentRequests(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:twice").to("dewatermark:erase").to("dewatermark:erase");
            }
        });
        context.start();

        List<Future<Object>> answers = IntStream.range(0, 10)
                .mapToObj(i -> context.createFluentProducerTemplate()
                        .to("direct:twice")
                        .withBody(Samples.jpeg())
                        .asyncRequest())
                .toList();

        for (Future<Object> answer : answers) {
            assertThat(answer.get(30, SECONDS)).isNotNull();
        }
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(20);
    }

    @Test
    void aStepThatWaitsForAnotherPictureOnTheOnlyWorkerGetsIt() throws Exception {
        dewatermark.setMaxConcurrentRequests(1);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:outer").to("dewatermark:erase").process(e -> e.getMessage()
                        .setBody(context.createProducerTemplate().requestBody("direct:inner", Samples.jpeg())));
                from("direct:inner").to("dewatermark:erase");
            }
        });
        context.start();

        Object answer = context.createFluentProducerTemplate()
                .to("direct:outer")
                .withBody(Samples.jpeg())
                .asyncRequest()
                .get(30, SECONDS);

        assertThat(answer).isNotNull();
    }

    @Test
    void aStopPastItsTimeoutEndsAVideoExchangeWithTheIdOfItsTask() throws Exception {
        try (Sandbox slow = Samples.sandboxThatKeepsClips(Duration.ofMinutes(5))) {
            dewatermark.getConfiguration().setBaseUrl(slow.baseUrl());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("direct:video").to("dewatermark:video");
                }
            });
            context.start();
            CompletableFuture<Exchange> answer = context.createProducerTemplate()
                    .asyncSend("direct:video", e -> e.getMessage().setBody(clip()));
            await().atMost(10, SECONDS).until(() -> !dewatermark.tasksInFlight().isEmpty());
            String taskId = dewatermark.tasksInFlight().get(0).taskId();

            context.stop();

            assertThat(answer.get(10, SECONDS).getException())
                    .isInstanceOfSatisfying(DewatermarkTaskException.class, e -> {
                        assertThat(e.taskId()).isEqualTo(taskId);
                        assertThat(e.billed()).isEqualTo(Billed.YES);
                        assertThat(e.retryable()).isTrue();
                        assertThat(e).hasMessageContaining("route was stopped");
                    });
            assertThat(context.getInflightRepository().size()).isZero();
            assertThat(dewatermark.tasksInFlight()).isEmpty();
            await().atMost(10, SECONDS).until(() -> ownThreads() == 0);
        }
    }

    @Test
    void aStopPastItsTimeoutCutsOffAPictureThatIsBeingCleaned() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(30)));
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:erase").to("dewatermark:erase");
            }
        });
        context.start();
        CompletableFuture<Exchange> answer = context.createProducerTemplate()
                .asyncSend("direct:erase", e -> e.getMessage().setBody(Samples.jpeg()));
        await().atMost(10, SECONDS).until(() -> dewatermark.getInflightExchanges() == 1);

        context.stop();

        assertThat(answer.get(10, SECONDS).getException())
                .isInstanceOfSatisfying(DewatermarkTransportException.class, e -> assertThat(e.retryable())
                        .isFalse());
        assertThat(context.getInflightRepository().size()).isZero();
        await().atMost(10, SECONDS).until(() -> ownThreads() == 0);
    }

    @Test
    void aContextThatWasStoppedWorksAgainAfterItsNextStart() throws Exception {
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                // a context forgets its components when it stops, so the options are in the URI
                from("direct:video")
                        .toF(
                                "dewatermark:video?apiKey=%s&baseUrl=%s&pollInterval=50",
                                sandbox.apiKey(), sandbox.baseUrl());
            }
        });
        context.start();
        context.stop();
        context.start();

        byte[] answer = context.createProducerTemplate().requestBody("direct:video", clip(), byte[].class);

        assertThat(answer).isEqualTo(clip());
    }

    private AsyncProducer producer(String uri) throws Exception {
        AsyncProducer producer = context.getEndpoint(uri).createAsyncProducer();
        context.addService(producer);
        return producer;
    }

    private Send send(AsyncProducer producer) {
        Exchange exchange = exchange(clip());
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        producer.process(exchange, sync -> done.complete(exchange));
        return new Send(done);
    }

    private Exchange exchange(byte[] body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    private long ownThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains("(" + context.getName() + ")"))
                .filter(thread -> thread.getName().contains("Dewatermark"))
                .count();
    }

    private static byte[] clip() {
        return Samples.bytes("/samples/video/rocket-pan.mp4");
    }

    private static String threadName() {
        return Thread.currentThread().getName();
    }

    /** A send that returned; {@code done} completes when its exchange does. */
    private record Send(CompletableFuture<Exchange> done) {}
}
