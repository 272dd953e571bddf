package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClips;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure of the account is no failure of its files: they stay, and go on when it is over. */
@Timeout(120)
class AccountRoutePolicyTest {

    private static final int FILES = 500;

    @TempDir
    private Path folder;

    private final LogLines log = LogLines.infos();

    private Sandbox sandbox;
    private TestContext context;

    @BeforeEach
    void setUp() throws IOException {
        sandbox = Sandbox.builder()
                .taskDuration(Duration.ofSeconds(4))
                .pictureEngine(new WhiteningPictures())
                .clipEngine(TestClips.copying(1))
                .start();
        context = TestContext.at(sandbox);
        context.options().setMaxThrottleWait(0);
        Files.createDirectories(folder.resolve("inbox"));
    }

    @AfterEach
    void tearDown() {
        context.close();
        sandbox.close();
        log.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 503})
    void filesStayUntilTheAccountCanBeUsedAgain(int status) throws Exception {
        for (Call call : List.of(Call.ERASE, Call.CREDIT)) {
            sandbox.faults().on(call).always().inject(Fault.status(status).retryAfter("0"));
        }
        dropAll();
        start();
        await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.CREDIT) > 1);
        assertThat(files("inbox")).hasSize(FILES);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.requests().count(Call.ERASE)).isLessThan(FILES);

        sandbox.faults().clear();

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == FILES);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(FILES);
        assertThat(log.messages())
                .filteredOn(line -> line.contains("Route pictures is suspended"))
                .hasSize(1);
        assertThat(log.messages())
                .filteredOn(line -> line.contains("Route pictures is resumed"))
                .hasSize(1);
        assertThat(log.messages()).hasSizeLessThan(20);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void anEmptyAccountIsWaitedForUntilThereAreCredits(int minimum) throws Exception {
        sandbox.grant(-1000);
        context.options().setMinimumCredit(minimum);
        dropAll();
        start();
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());
        long looks = sandbox.requests().count(Call.CREDIT);
        await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.CREDIT) > looks + 5); // by the period
        assertThat(files("inbox")).hasSize(FILES);

        sandbox.grant(1000);

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == FILES);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(FILES);
        assertThat(messages("is suspended")).hasSize(1);
        assertThat(log.messages()).hasSizeLessThan(20);
    }

    @Test
    void whatIsWrongWithAFileIsItsOwnFailure() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();

        await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("a.jpg")));
        assertThat(log.messages()).noneMatch(line -> line.contains("is suspended"));
    }

    @Test
    void whatIsRefusedThoughTheAccountCanBeUsedIsAFailureOfTheFile() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(403));
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();

        await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("a.jpg")));
        assertThat(log.messages()).noneMatch(line -> line.contains("is suspended"));
    }

    @Test
    void aFreeCallThatFailsIsOfTheAccountWhateverItsStatus() throws Exception {
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(405));
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start("dewatermark:erase?journalDirectory=" + folder.resolve("journal"));

        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.jpg")));
        assertThat(log.messages()).anyMatch(line -> line.contains("Route pictures is suspended"));
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void withoutAJournalThatCanBeUsedTheRouteWaitsAndSaysSoOnce() throws Exception {
        Path journal = folder.resolve("journal");
        start("dewatermark:erase?journalDirectory=" + journal);
        Files.move(journal, folder.resolve("moved"));
        dropAll();
        await().atMost(30, SECONDS).until(() -> !messages("is suspended").isEmpty());
        await().during(Duration.ofSeconds(3)).until(() -> messages("is resumed").isEmpty());

        assertThat(messages("is suspended"))
                .singleElement()
                .asString()
                .contains("The journal can't be used")
                .contains(journal.toString());
        assertThat(sandbox.ledger()).isEmpty();

        Files.move(folder.resolve("moved"), journal);
        await().atMost(60, SECONDS).until(() -> files("outbox").size() == FILES);
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void clipsUnderWayWhoseKeyIsRefusedAreFetchedWhenItIsAcceptedAgain() throws Exception {
        for (int i = 0; i < 20; i++) {
            Files.write(folder.resolve("inbox/" + i + ".mp4"), TestClips.mp4(1, i));
        }
        start("dewatermark:video?pollInterval=100&journalDirectory=" + folder.resolve("journal"));
        await().atMost(20, SECONDS).until(() -> sandbox.ledger().size() == 20);
        for (Call call : List.of(Call.CREDIT, Call.STATUS, Call.CREATE_UPLOAD, Call.SUBMIT)) {
            sandbox.faults().on(call).always().inject(Fault.status(401));
        }
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());
        sandbox.faults().clear();

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == 20);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(20);
    }

    @Test
    void aFileThatWasMovedAlreadyFailsButTheNextOnesStay() throws Exception {
        for (Call call : List.of(Call.ERASE, Call.CREDIT)) {
            sandbox.faults().on(call).always().inject(Fault.status(401));
        }
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start("dewatermark:erase", "&preMove=taken/${file:name}");
        await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("a.jpg")));
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());

        Files.write(folder.resolve("inbox/b.jpg"), TestPictures.jpeg());
        long looks = sandbox.requests().count(Call.CREDIT);
        await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.CREDIT) > looks + 1);
        assertThat(files("inbox")).containsExactly("b.jpg");

        sandbox.faults().clear();
        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("b.jpg")));
    }

    /** For routes that put back what they have claimed: after a step that has paid, it would be paid for once more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRouteIsToldWhetherItsMessageMayBePutBack(int paidBefore) throws Exception {
        sandbox.faults().on(Call.ERASE).after(paidBefore).always().inject(Fault.status(401));
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(401));
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .routePolicy(new AccountRoutePolicy())
                        .to("dewatermark:erase")
                        .to("dewatermark:erase");
            }
        });

        Exchange failed = context.send(TestPictures.jpeg());

        assertThat(failed.getException()).hasMessageContaining("401");
        assertThat(AccountRoutePolicy.isAtFault(failed)).isEqualTo(paidBefore == 0);
    }

    @Test
    void aFileWhoseDoneFileCamelHasDeletedFails() throws Exception {
        refuseTheKey();
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        Files.createFile(folder.resolve("inbox/a.jpg.done"));
        start("dewatermark:erase", "&doneFileName=${file:name}.done");

        await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("a.jpg")));
    }

    @Test
    void whatARouteCatchesIsCaught() throws Exception {
        refuseTheKey();
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        AccountRoutePolicy policy = new AccountRoutePolicy();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?delete=true&moveFailed=../failed")
                        .routeId("pictures")
                        .routePolicy(policy)
                        .doTry()
                        .to("dewatermark:erase")
                        .doCatch(Exception.class)
                        .log("caught")
                        .end()
                        .to("file:" + folder.resolve("outbox"));
            }
        });

        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.jpg")));
    }

    @Test
    void aClipThatIsPaidWithoutAJournalIsGoneOnWithByItsRedelivery() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(3).inject(Fault.status(500));
        Files.write(folder.resolve("inbox/a.mp4"), TestClips.mp4(1, 1));
        AccountRoutePolicy policy = new AccountRoutePolicy();
        policy.setPeriod(500);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).maximumRedeliveries(5).redeliveryDelay(1500);
                from("file:" + folder.resolve("inbox") + "?delay=100&moveFailed=../failed")
                        .routeId("pictures")
                        .routePolicy(policy)
                        .to("dewatermark:video?pollInterval=100")
                        .to("file:" + folder.resolve("outbox"));
            }
        });
        await().atMost(30, SECONDS).until(() -> sandbox.requests().count(Call.DOWNLOAD) == 3);
        refuseTheKey();
        Files.write(folder.resolve("inbox/b.mp4"), TestClips.mp4(1, 2));
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());
        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.mp4")));
        sandbox.faults().clear();

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == 2);
        assertThat(sandbox.ledger()).hasSize(2);
    }

    private void refuseTheKey() {
        for (Call call : List.of(Call.ERASE, Call.CREDIT, Call.CREATE_UPLOAD)) {
            sandbox.faults().on(call).always().inject(Fault.status(401));
        }
    }

    @Test
    void aRouteThatIsStoppedAndStartedAgainIsNoLongerSuspended() throws Exception {
        for (Call call : List.of(Call.ERASE, Call.CREDIT)) {
            sandbox.faults().on(call).always().inject(Fault.status(401));
        }
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());
        sandbox.faults().clear();
        context.camel().getRouteController().stopRoute("pictures");
        context.camel().getRouteController().startRoute("pictures");

        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.jpg")));
        assertThat(messages("is resumed")).isEmpty();
    }

    @Test
    void healthSaysWhichRouteIsSuspendedAndWhy() throws Exception {
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(405));
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        HealthCheckHelper.getHealthCheckRepository(context.camel(), "producers").setEnabled(true);
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("Route pictures is suspended: Dewatermark credit was answered with HTTP 405"));

        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.jpg")));
        assertThat(health().getState()).isEqualTo(HealthCheck.State.UP);
    }

    private HealthCheck.Result health() {
        return HealthCheckHelper.invokeReadiness(context.camel(), "full").stream()
                .filter(result -> result.getCheck().getId().startsWith("producer:dewatermark-erase"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void whatAnOperatorHasSuspendedIsNotResumedByALook() throws Exception {
        refuseTheKey();
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());
        context.camel().getRouteController().suspendRoute("pictures");
        sandbox.faults().clear();
        await().during(Duration.ofSeconds(2)).until(() -> files("inbox").equals(List.of("a.jpg")));

        context.camel().getRouteController().resumeRoute("pictures");

        await().atMost(20, SECONDS).until(() -> files("outbox").equals(List.of("a.jpg")));
        assertThat(messages("is resumed")).isEmpty();
    }

    @Test
    void aStopWhileItIsSuspendedLeavesTheFileForTheNextStart() throws Exception {
        refuseTheKey();
        Files.write(folder.resolve("inbox/a.jpg"), TestPictures.jpeg());
        start();
        await().atMost(20, SECONDS).until(() -> !messages("is suspended").isEmpty());

        context.camel().stop();

        assertThat(files("inbox")).containsExactly("a.jpg");
        assertThat(files("failed")).isEmpty();
        assertThat(messages("is resumed")).isEmpty();
    }

    private List<String> messages(String part) {
        return log.messages().stream()
                .filter(line -> line.startsWith("Route pictures " + part))
                .toList();
    }

    private void dropAll() throws IOException {
        for (int i = 0; i < FILES; i++) {
            Files.write(folder.resolve("inbox/" + i + ".jpg"), TestPictures.jpeg());
        }
    }

    private void start() throws Exception {
        start("dewatermark:erase");
    }

    private void start(String step) throws Exception {
        start(step, "");
    }

    private void start(String step, String option) throws Exception {
        AccountRoutePolicy policy = new AccountRoutePolicy();
        policy.setPeriod(500);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class).handled(true).to("file:" + folder.resolve("failed"));
                from("file:" + folder.resolve("inbox") + "?delay=100&moveFailed=../failed" + option)
                        .routeId("pictures")
                        .routePolicy(policy)
                        .to(step)
                        .to("file:" + folder.resolve("outbox"));
            }
        });
    }

    private List<String> files(String name) throws IOException {
        Path path = folder.resolve(name);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith("."))
                    .toList();
        }
    }
}
