package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.State;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The circuit breaker of Resilience4j around a step that costs. */
@Timeout(60)
class CircuitBreakerTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    private CircuitBreaker breaker;

    @BeforeEach
    void setUp() {
        context.property("folder", folder);
        context.options().setMaxThrottleWait(0);
    }

    /** As an application would make it, and with a route that goes through it. */
    private void startWithBreaker() throws Exception {
        // tag::circuit-breaker-bean[]
        breaker = CircuitBreaker.of(
                "platform",
                CircuitBreakerConfig.custom()
                        .slidingWindowSize(10)
                        .minimumNumberOfCalls(5)
                        .waitDurationInOpenState(Duration.ofSeconds(30))
                        // these say nothing about how the platform does
                        .ignoreExceptions(
                                DewatermarkInputException.class,
                                DewatermarkRequestException.class,
                                DewatermarkCreditException.class,
                                DewatermarkTaskException.class)
                        .build());
        // end::circuit-breaker-bean[]
        context.bind("platform", breaker);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::circuit-breaker[]
                from("direct:in")
                        .circuitBreaker()
                        .inheritErrorHandler(true)
                        .resilience4jConfiguration()
                        .circuitBreaker("platform")
                        .throwExceptionWhenHalfOpenOrOpenState(true)
                        .end()
                        .to("dewatermark:erase")
                        .end()
                        .to("file:{{folder}}/outbox");
                // end::circuit-breaker[]
            }
        });
    }

    @Test
    void aBreakerThatIsOpenLetsNothingPassAndTheRouteGetsAnException() throws Exception {
        startWithBreaker();
        sandbox.faults().on(Call.ERASE).times(5).inject(Fault.status(500));
        for (int i = 0; i < 5; i++) {
            failure(context.send(jpeg()), DewatermarkServerException.class);
        }

        failure(context.send(jpeg()), CallNotPermittedException.class);

        assertThat(breaker.getState()).isEqualTo(State.OPEN);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(5);
        assertThat(folder.resolve("outbox")).doesNotExist();

        breaker.transitionToHalfOpenState(); // the 30 s are over
        body(context.send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg")));
        assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void picturesThatCannotBeSentDoNotOpenItAndStillFail() throws Exception {
        startWithBreaker();
        sandbox.faults().on(Call.ERASE).times(10).inject(Fault.status(400));

        for (int i = 0; i < 10; i++) {
            failure(context.send("no picture"), DewatermarkInputException.class);
            failure(context.send(jpeg()), DewatermarkRequestException.class);
        }

        assertThat(breaker.getState()).isEqualTo(State.CLOSED);
        assertThat(folder.resolve("outbox")).doesNotExist();
    }

    @Test
    void whatTheBreakerOfTheRouteIgnoresGoesOnAsIfItWereClean() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .circuitBreaker()
                .resilience4jConfiguration()
                .ignoreException(DewatermarkRequestException.class)
                .end()
                .to("dewatermark:erase")
                .end());
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));

        Exchange exchange = context.send(jpeg());

        assertThat(body(exchange)).isEqualTo(jpeg());
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void anOpenBreakerThatDoesNotThrowLetsTheOriginalGoOnAsIfItWereClean() throws Exception {
        CircuitBreaker open = CircuitBreaker.ofDefaults("open");
        open.transitionToForcedOpenState();
        context.bind("open", open).start(routes -> routes.from("direct:in")
                .circuitBreaker()
                .resilience4jConfiguration()
                .circuitBreaker("open")
                .end()
                .to("dewatermark:erase")
                .end());

        assertThat(body(context.send(jpeg()))).isEqualTo(jpeg());
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();
    }

    @Test
    void aFallbackKeepsThePictureForLater() throws Exception {
        CircuitBreaker open = CircuitBreaker.ofDefaults("platform");
        open.transitionToForcedOpenState();
        context.bind("platform", open).start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .circuitBreaker()
                        .resilience4jConfiguration()
                        .circuitBreaker("platform")
                        .end()
                        .to("dewatermark:erase")
                        .to("file:{{folder}}/outbox")
                        .onFallback()
                        // of all failures, also of those that may be billed
                        .to("file:{{folder}}/later")
                        .end();
            }
        });

        context.send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg"));
        open.transitionToClosedState();
        context.send(jpeg(), Map.of(Exchange.FILE_NAME, "b.jpg"));

        assertThat(folder.resolve("later/a.jpg")).hasBinaryContent(jpeg());
        assertThat(folder.resolve("outbox/b.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("outbox/a.jpg")).doesNotExist();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void itsTimeoutGivesUpACallThatIsPaid() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofMillis(500)));
        context.start(routes -> routes.from("direct:in")
                .circuitBreaker()
                .resilience4jConfiguration()
                .timeoutEnabled(true)
                .timeoutDuration(100)
                .end()
                .to("dewatermark:erase")
                .end());

        Exchange exchange = context.send(jpeg());

        failure(exchange, TimeoutException.class);
        assertThat(exchange.getException()).isNotInstanceOf(DewatermarkException.class);
        await().untilAsserted(() -> assertThat(sandbox.ledger()).hasSize(1));
    }

    @Test
    void aResultThatIsOnTheDiskSurvivesTheBreaker() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .circuitBreaker()
                .to("dewatermark:erase")
                .end()
                .convertBodyTo(byte[].class));

        assertThat(body(context.send(TestPictures.noise(400_000)))).hasSizeGreaterThan(200_000);
    }

    @Test
    void aRedeliveryOfTheBreakerResumesThePaidTaskOfTheJournal(@TempDir Path journal) throws Exception {
        context.options().setJournalDirectory(journal.toString());
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(404));
        context.start(routes -> {
            routes.onException(DewatermarkTaskException.class)
                    .onWhen(routes.simple("${exception.retryable}"))
                    .maximumRedeliveries(1)
                    .redeliveryDelay(0);
            routes.from("direct:in")
                    .circuitBreaker()
                    .inheritErrorHandler(true)
                    .to("dewatermark:video")
                    .end();
        });

        body(context.send(TestClips.clip("a")));

        assertThat(sandbox.tasks()).hasSize(1);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void onAThreadOfItsOwnItHoldsNoWorker() throws Exception {
        context.component().setMaxConcurrentRequests(1);
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:credit")
                .process(exchange -> exchange.getMessage().setBody(TestClips.clip("a")))
                .threads()
                .circuitBreaker()
                .to("dewatermark:video")
                .end());

        body(context.send(null));

        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aClipStaysInTheJournalAsItIsNotKnownWhatBecomesOfIt() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .circuitBreaker()
                .to("dewatermark:video?journalDirectory={{folder}}/journal")
                .end()
                .filter(routes.header("fails"))
                .throwException(new IllegalStateException("no room")));

        failure(context.send(TestClips.clip("a"), Map.of("fails", true)), IllegalStateException.class);
        body(context.send(TestClips.clip("a")));

        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aFileThatAStopByForceEndsInItHasFailed() throws Exception {
        context.options().setPollInterval(60_000);
        context.options().setMaxPollInterval(60_000);
        context.camel().getShutdownStrategy().setTimeout(1);
        TestFiles.drop(folder.resolve("inbox/a.mp4"), TestClips.clip("a"));
        context.start(routes -> routes.from("file:{{folder}}/inbox?initialDelay=0&moveFailed=../failed")
                .circuitBreaker()
                .to("dewatermark:video?journalDirectory={{folder}}/journal")
                .end());
        await().until(() -> sandbox.requests().count(Call.SUBMIT) > 0);

        context.camel().stop();

        await().untilAsserted(() -> assertThat(folder.resolve("failed/a.mp4")).exists());
    }
}
