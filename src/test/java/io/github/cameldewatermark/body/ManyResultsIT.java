package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.testkit.HoldingPlatform;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedExchangeAggregationStrategy;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Each byte of very many results, by all kinds of copies at once, in the heap and in temp files. */
@Timeout(1200)
class ManyResultsIT {

    private static final int RESULTS = Thorough.of(100_000, 1_000);
    private static final int SENDERS = 16;
    private static final String EXPECTED = "expected";

    /** So little that some of the results don't fit. */
    private static final int SHARE = 3_000_000;

    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicInteger inTempFiles = new AtomicInteger();
    private final AtomicInteger read = new AtomicInteger();

    /** They would give back their part of the heap meanwhile. */
    @BeforeAll
    static void collectOlderOnes() {
        LateResults.collectOlderOnes();
    }

    @Test
    void eachIsWholeAndTheRightOneForWhoeverHasIt() throws Exception {
        int reserved = Spool.HEAP.availablePermits() - SHARE;
        assertThat(Spool.HEAP.tryAcquire(reserved)).isTrue();
        try (HoldingPlatform platform = new HoldingPlatform(1, 20_000);
                TestContext context = TestContext.at(platform.url())) {
            start(context);
            ExecutorService senders = Executors.newFixedThreadPool(SENDERS);
            ProducerTemplate template = context.camel().createProducerTemplate();
            IntStream.range(0, RESULTS).forEach(i -> senders.execute(() -> send(template, platform, i)));
            senders.shutdown();
            assertThat(senders.awaitTermination(1_000, TimeUnit.SECONDS)).isTrue();

            // the sender, two branches, the wire tap, and the aggregate
            await().atMost(60, TimeUnit.SECONDS)
                    .untilAsserted(() -> assertThat(read).hasValue(5 * RESULTS));
            assertThat(wrong).isEmpty();
            assertThat(platform.calls()).isEqualTo(RESULTS);
            assertThat(inTempFiles.get()).isBetween(1, RESULTS - 1);
            System.out.println("ManyResultsIT: " + inTempFiles + " of " + RESULTS + " results were in temp files");
        } finally {
            Spool.HEAP.release(reserved);
        }
    }

    private void start(TestContext context) throws Exception {
        Processor compare = exchange -> compare(exchange);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .circuitBreaker()
                        .to("dewatermark:erase")
                        .end()
                        .multicast()
                        .parallelProcessing()
                        .to("direct:one", "direct:two")
                        .end()
                        .wireTap("seda:tapped?blockWhenFull=true")
                        .end()
                        .to(ExchangePattern.InOnly, "seda:gathered?blockWhenFull=true");
                from("direct:one").process(compare);
                from("direct:two").to(ExchangePattern.InOut, "seda:asked?concurrentConsumers=4&blockWhenFull=true");
                from("seda:asked?concurrentConsumers=4&blockWhenFull=true").process(compare);
                from("seda:tapped?concurrentConsumers=2&blockWhenFull=true").process(compare);
                from("seda:gathered?blockWhenFull=true")
                        .aggregate(constant(true), new GroupedExchangeAggregationStrategy())
                        .completionSize(10)
                        .process(all -> {
                            for (Object one : all.getMessage().getBody(List.class)) {
                                compare((Exchange) one);
                            }
                        });
            }
        });
    }

    private void send(ProducerTemplate template, HoldingPlatform platform, int number) {
        Exchange exchange = template.request("direct:in", in -> {
            in.getMessage().setBody(platform.picture(number));
            in.getMessage().setHeaders(Map.of(EXPECTED, platform.result(number), Exchange.FILE_NAME, number + ".jpg"));
        });
        if (exchange.getException() != null) {
            wrong.add(number + ": " + exchange.getException());
        } else {
            inTempFiles.addAndGet(exchange.getMessage().getBody() instanceof ResultFile ? 1 : 0);
            compare(exchange);
        }
    }

    private void compare(Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        try (InputStream in = exchange.getMessage().getBody(InputStream.class)) {
            if (!Arrays.equals(in.readAllBytes(), exchange.getMessage().getHeader(EXPECTED, byte[].class))) {
                wrong.add(name + " has other bytes");
            }
        } catch (Exception e) {
            wrong.add(name + ": " + e);
        }
        read.incrementAndGet();
    }
}
