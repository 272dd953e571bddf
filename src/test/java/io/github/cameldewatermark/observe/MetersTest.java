package io.github.cameldewatermark.observe;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.search.RequiredSearch;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.StartupListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What whoever collects the meters of Micrometer sees. */
@Timeout(60)
class MetersTest {

    private static final Duration TASK = Duration.ofSeconds(100);

    private final TestClock clock = new TestClock();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(TASK, clock);

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @AfterEach
    void tearDown() {
        clock.pass(TASK); // lets the tasks end
    }

    @Test
    void callsAreCountedByKindAndOutcome() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        context.send(jpeg());
        body(context.send(jpeg()));
        body(context.send(jpeg()));

        assertThat(calls("erase", "success").count()).isEqualTo(2);
        assertThat(calls("erase", "success").totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(calls("erase", "error").count()).isEqualTo(1);
        assertThat(calls("erase", "refused").count()).isZero();
        assertThat(calls("video_submit", "success").count()).isZero();
        assertThat(meter("dewatermark.credits.charged").functionCounter().count())
                .isEqualTo(2);
    }

    @Test
    void whatARateLimitCostsIsTimed() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("1"));
        body(context.send(jpeg()));

        FunctionTimer throttled = meter("dewatermark.calls.throttled").functionTimer();
        assertThat(calls("erase", "refused").count()).isEqualTo(1);
        assertThat(throttled.count()).isEqualTo(1);
        assertThat(throttled.totalTime(TimeUnit.MILLISECONDS)).isGreaterThan(900);
    }

    @Test
    void failuresAreCountedByTheirKindAsTheyCome() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase");
        assertThat(registry.find("dewatermark.failures").functionCounters()).isEmpty();

        context.send("no picture".getBytes());
        context.send("no picture".getBytes());
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        context.send(jpeg());

        assertThat(failures("DewatermarkFormatException", "no")).isEqualTo(2);
        assertThat(failures("DewatermarkTransportException", "unknown")).isEqualTo(1);
    }

    @Test
    void aRegistryThatThrowsDoesNotTakeThePlaceOfAFailure() throws Exception {
        registry.config().meterFilter(new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                if (id.getName().equals("dewatermark.failures")) {
                    throw new IllegalArgumentException("a meter of this name has other tags");
                }
                return MeterFilterReply.NEUTRAL;
            }
        });
        context.bind("meters", registry).start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());

        assertThat(context.send(jpeg()).getException())
                .isInstanceOfSatisfying(DewatermarkTransportException.class, e -> assertThat(e.billed())
                        .isEqualTo(Billed.UNKNOWN));
    }

    private double failures(String exception, String billed) {
        return meter("dewatermark.failures")
                .tags("exception", exception, "billed", billed)
                .functionCounter()
                .count();
    }

    @Test
    void whatIsLeftOfCreditsAndLimitIsKnown(@TempDir Path folder) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.bind("meters", registry)
                .start("dewatermark:erase?maximumSpend=5/1h", "mock:out")
                .sendTo("dewatermark:credit", null, Map.of());
        body(context.send(jpeg()));
        body(context.send(jpeg()));

        assertThat(gauge("dewatermark.credits.available")).isEqualTo(999);
        assertThat(gauge("dewatermark.spending.left")).isEqualTo(4);
        assertThat(meter("dewatermark.results.remembered").functionCounter().count())
                .isEqualTo(1);
    }

    @Test
    void withoutALimitThereIsNoneLeft() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase");

        assertThat(gauge("dewatermark.spending.left")).isNaN();
        assertThat(gauge("dewatermark.credits.available")).isNaN();
    }

    @Test
    void whatWaitsForItsTurnIsCounted() throws Exception {
        context.component().setMaxConcurrentRequests(1);
        context.bind("meters", registry).start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(500)));

        for (int i = 0; i < 3; i++) {
            context.sendAsync(jpeg());
        }

        await().until(() -> gauge("dewatermark.exchanges.waiting") == 2);
        await().until(() -> gauge("dewatermark.exchanges.inflight") == 0);
    }

    @Test
    void aClipIsInFlightUntilItIsDone() throws Exception {
        context.bind("meters", registry).start("dewatermark:video");
        context.sendAsync(TestClips.clip("a"));
        await().until(() -> gauge("dewatermark.tasks.oldest") > 0);
        assertThat(gauge("dewatermark.tasks.inflight")).isEqualTo(1);
        assertThat(gauge("dewatermark.exchanges.inflight")).isEqualTo(1);
        FunctionTimer pollDelay = meter("dewatermark.tasks.poll.delay").functionTimer();
        assertThat(pollDelay.count()).isZero();

        clock.pass(TASK);
        await().until(() -> gauge("dewatermark.exchanges.inflight") == 0);

        assertThat(gauge("dewatermark.tasks.inflight")).isZero();
        assertThat(gauge("dewatermark.tasks.oldest")).isZero();
        assertThat(pollDelay.count()).isEqualTo(1);
        assertThat(pollDelay.totalTime(TimeUnit.NANOSECONDS)).isPositive();
        assertThat(meter("dewatermark.credits.charged").functionCounter().count())
                .isEqualTo(1.2);
        assertThat(calls("video_status", "success").count())
                .isEqualTo(sandbox.requests().count(Call.STATUS));
    }

    @Test
    void eachComponentHasItsOwn() throws Exception {
        DewatermarkComponent second = new DewatermarkComponent();
        second.setConfiguration(context.options().copy());
        second.setHealthCheckProducerEnabled(false);
        context.camel().addComponent("second", second);
        context.bind("meters", registry).start("dewatermark:erase", "second:erase", "second:credit");

        context.send(jpeg());

        assertThat(ofComponent("dewatermark")).isEqualTo(1);
        assertThat(ofComponent("second")).isEqualTo(2);
        assertThat(meter("dewatermark.exchanges.inflight")
                        .tags("camelContext", context.camel().getName())
                        .gauges())
                .hasSize(2);
    }

    @Test
    void aRegistryThatIsBoundAfterTheComponentHasStartedDoes() throws Exception {
        context.camel().addStartupListener(new StartupListener() {
            @Override
            public void onCamelContextStarted(CamelContext camel, boolean alreadyStarted) {
                context.bind("meters", registry);
            }
        });
        context.start("dewatermark:erase");

        assertThat(registry.getMeters()).isNotEmpty();
    }

    @Test
    void aComponentThatIsMadeWhenTheContextHasStartedHasMeters() throws Exception {
        context.bind("meters", registry).start("mock:out");
        DewatermarkComponent late = new DewatermarkComponent();
        late.setConfiguration(context.options().copy());
        context.camel().addComponent("late", late);

        context.sendTo("late:credit", null, Map.of());

        assertThat(ofComponent("late")).isEqualTo(1);
    }

    @Test
    void ofSeveralRegistriesTheOneThatStandsForAllIsTaken() throws Exception {
        CompositeMeterRegistry all = new CompositeMeterRegistry();
        all.add(registry);
        context.bind("a", registry).bind("b", new SimpleMeterRegistry()).bind("c", all);

        context.start("dewatermark:erase");

        assertThat(all.getMeters()).isNotEmpty();
        assertThat(registry.getMeters()).hasSameSizeAs(all.getMeters());
    }

    @Test
    void theyGoWhenTheComponentStopsAndComeBackWithIt() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase");
        int all = registry.getMeters().size();

        context.component().stop();
        assertThat(registry.getMeters()).isEmpty();
        context.component().start();
        context.sendTo("dewatermark:credit", null, Map.of());
        assertThat(registry.getMeters()).hasSize(all).hasSizeLessThan(50);

        context.close();
        assertThat(registry.getMeters()).isEmpty();
    }

    @Test
    void neitherKeyNorFileNamesAreInThem() throws Exception {
        context.bind("meters", registry).start("dewatermark:erase?apiKey=" + sandbox.apiKey());
        context.send(jpeg(), Map.of(Exchange.FILE_NAME, "holiday.jpg"));

        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().toString())
                .noneMatch(id -> id.contains(sandbox.apiKey()) || id.contains("holiday") || id.contains("http"));
        assertThat(registry.getMeters().stream()
                        .map(Meter::getId)
                        .flatMap(id -> id.getTags().stream())
                        .map(Tag::getKey)
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrder("camelContext", "component", "call", "outcome");
    }

    private RequiredSearch meter(String name) {
        return registry.get(name);
    }

    private double gauge(String name) {
        return meter(name).gauge().value();
    }

    private FunctionTimer calls(String call, String outcome) {
        return meter("dewatermark.calls").tags("call", call, "outcome", outcome).functionTimer();
    }

    /** How many calls a component made. */
    private double ofComponent(String name) {
        return meter("dewatermark.calls").tag("component", name).functionTimers().stream()
                .mapToDouble(FunctionTimer::count)
                .sum();
    }
}
