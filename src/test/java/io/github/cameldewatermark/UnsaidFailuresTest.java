package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was paid for, and is left in the middle of its route when the context is gone. */
@Timeout(60)
class UnsaidFailuresTest {

    private final LogLines log = LogLines.infos();
    private final AtomicInteger failures = new AtomicInteger();

    private Sandbox sandbox;
    private TestContext context;

    @BeforeEach
    void setUp() {
        sandbox = Samples.sandboxThatKeepsClips(Duration.ofMillis(100));
        context = TestContext.at(sandbox);
        context.camel().getShutdownStrategy().setTimeout(1);
    }

    @AfterEach
    void tearDown() {
        context.close();
        sandbox.close();
        log.close();
    }

    /** Camel forgets such an exchange without a word. */
    @Test
    void aDeliveryThatWaitsToBeTriedAgain() throws Exception {
        stopInRedelivery("direct:deliver");

        assertThat(left())
                .singleElement()
                .asString()
                .startsWith("coffee.jpg ")
                .contains("billed YES", "the outbox is full");
    }

    @Test
    void aDeliveryByAQueueThatWaitsToBeTriedAgain() throws Exception {
        stopInRedelivery("seda:deliver?waitForTaskToComplete=Never");

        assertThat(left())
                .singleElement()
                .asString()
                .startsWith("coffee.jpg ")
                .contains("billed YES", "the outbox is full");
    }

    @Test
    void notWhatHasEndedInWhateverWay() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .wireTap("direct:tap")
                        .split(body())
                        .to("dewatermark:credit")
                        .to("dewatermark:erase")
                        .end()
                        .to("seda:deliver?waitForTaskToComplete=Never");
                from("seda:deliver").to("dewatermark:credit");
                from("direct:tap").to("dewatermark:credit");
            }
        });
        NotifyBuilder done = new NotifyBuilder(context.camel())
                .fromRoute("*")
                .whenDone(3) // with the queue and the tap
                .create();

        context.send(Samples.bytes("/samples/images/coffee.jpg"));
        assertThat(done.matches(20, SECONDS)).isTrue();
        context.close();

        assertThat(left()).isEmpty();
    }

    private void stopInRedelivery(String delivery) throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class)
                        .maximumRedeliveries(5)
                        .redeliveryDelay(60_000)
                        .asyncDelayedRedelivery();
                from("direct:in").to("dewatermark:erase").to(delivery);
                from("direct:deliver").errorHandler(noErrorHandler()).process(this::fail);
                from("seda:deliver").process(this::fail);
            }

            private void fail(Exchange exchange) {
                failures.incrementAndGet();
                throw new IllegalStateException("the outbox is full");
            }
        });
        context.camel()
                .createProducerTemplate()
                .asyncRequestBodyAndHeaders(
                        "direct:in",
                        Samples.bytes("/samples/images/coffee.jpg"),
                        Map.of(Exchange.FILE_NAME, "coffee.jpg"));
        await().atMost(20, SECONDS).until(() -> failures.get() == 1);
        context.close();
    }

    private List<String> left() {
        return log.messages().stream()
                .filter(line -> line.contains("is left in the middle of its route"))
                .toList();
    }
}
