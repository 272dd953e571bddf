package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure of the account is no failure of its files: they stay, and go on when it is over. */
@Timeout(120)
class AccountRoutePolicyTest {

    private static final int FILES = Thorough.of(500, 40);

    @TempDir
    private Path folder;

    @AutoClose
    private final LogLines log = LogLines.infos();

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofSeconds(4))
            .pictureEngine(new WhiteningPictures())
            .clipEngine(TestClips.copying(1))
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() throws IOException {
        context.options().setMaxThrottleWait(0);
        Files.createDirectories(folder.resolve("inbox"));
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

        sandbox.faults().clear();

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == FILES);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(FILES);
        assertThat(messages("is suspended")).hasSize(1);
        assertThat(messages("is resumed")).hasSize(1);
        assertThat(log.messages()).hasSizeLessThan(20);
    }

    @Test
    void filesThatWereListedBeforeTheSuspensionCostNoCall() throws Exception {
        refuseTheKey();
        dropAll();
        AtomicInteger files = new AtomicInteger();
        context.start(routes -> routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0")
                .routeId("pictures")
                .routePolicy(new AccountRoutePolicy())
                .process(exchange -> {
                    if (files.getAndIncrement() > 0) {
                        await().pollDelay(Duration.ZERO).until(() -> AccountRoutePolicy.isSuspended(exchange));
                    }
                })
                .to("dewatermark:erase"));

        await().atMost(30, SECONDS).until(() -> files.get() == FILES);
        assertThat(files("inbox")).hasSize(FILES);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 5})
    void anEmptyAccountIsWaitedForUntilThereAreCredits(int minimum) throws Exception {
        sandbox.grant(-1000);
        context.options().setMinimumCredit(minimum);
        dropAll();
        start();
        untilSuspended();
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
        drop("a.jpg");
        start();

        untilIn("failed", "a.jpg");
        assertThat(messages("is suspended")).isEmpty();
    }

    @Test
    void whatIsRefusedThoughTheAccountCanBeUsedIsAFailureOfTheFile() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(403));
        drop("a.jpg");
        start();

        untilIn("failed", "a.jpg");
        assertThat(messages("is suspended")).isEmpty();
    }

    @Test
    void aFreeCallThatFailsIsOfTheAccountWhateverItsStatus() throws Exception {
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(405));
        drop("a.jpg");
        start("dewatermark:erase?journalDirectory=" + folder.resolve("journal"));

        untilIn("outbox", "a.jpg");
        assertThat(messages("is suspended")).isNotEmpty();
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void withoutAJournalThatCanBeUsedTheRouteWaitsAndSaysSoOnce() throws Exception {
        Path journal = folder.resolve("journal");
        start("dewatermark:erase?journalDirectory=" + journal);
        Files.move(journal, folder.resolve("moved"));
        dropAll();
        untilSuspended();
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
            TestFiles.drop(folder.resolve("inbox/" + i + ".mp4"), TestClips.mp4(1, i));
        }
        start("dewatermark:video?pollInterval=100&journalDirectory=" + folder.resolve("journal"));
        await().atMost(20, SECONDS).until(() -> sandbox.ledger().size() == 20);
        for (Call call : List.of(Call.CREDIT, Call.STATUS, Call.CREATE_UPLOAD, Call.SUBMIT)) {
            sandbox.faults().on(call).always().inject(Fault.status(401));
        }
        untilSuspended();
        sandbox.faults().clear();

        await().atMost(60, SECONDS).until(() -> files("outbox").size() == 20);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(20);
    }

    @Test
    void aFileThatWasMovedAlreadyFailsButTheNextOnesStay() throws Exception {
        refuseTheKey();
        drop("a.jpg");
        start("dewatermark:erase", "&preMove=taken/${file:name}");
        untilIn("failed", "a.jpg");
        untilSuspended();

        drop("b.jpg");
        long looks = sandbox.requests().count(Call.CREDIT);
        await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.CREDIT) > looks + 1);
        assertThat(files("inbox")).containsExactly("b.jpg");

        sandbox.faults().clear();
        untilIn("outbox", "b.jpg");
    }

    /** For routes that put back what they have claimed: after a step that has paid, it would be paid for once more. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aRouteIsToldWhetherItsMessageMayBePutBack(int paidBefore) throws Exception {
        sandbox.faults().on(Call.ERASE).after(paidBefore).always().inject(Fault.status(401));
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(401));
        context.start(routes -> routes.from("direct:in")
                .routePolicy(new AccountRoutePolicy())
                .to("dewatermark:erase")
                .to("dewatermark:erase"));

        Exchange failed = context.send(TestPictures.jpeg());

        assertThat(failed.getException()).hasMessageContaining("401");
        assertThat(AccountRoutePolicy.isAtFault(failed)).isEqualTo(paidBefore == 0);
    }

    @Test
    void aFileWhoseDoneFileCamelHasDeletedFails() throws Exception {
        refuseTheKey();
        drop("a.jpg");
        Files.createFile(folder.resolve("inbox/a.jpg.done"));
        start("dewatermark:erase", "&doneFileName=${file:name}.done");

        untilIn("failed", "a.jpg");
    }

    @Test
    void whatARouteCatchesIsCaught() throws Exception {
        refuseTheKey();
        drop("a.jpg");
        AccountRoutePolicy policy = new AccountRoutePolicy();
        context.start(routes -> routes.from(
                        "file:" + folder.resolve("inbox") + "?initialDelay=0&delete=true&moveFailed=../failed")
                .routeId("pictures")
                .routePolicy(policy)
                .doTry()
                .to("dewatermark:erase")
                .doCatch(Exception.class)
                .log("caught")
                .end()
                .to("file:" + folder.resolve("outbox")));

        untilIn("outbox", "a.jpg");
    }

    @Test
    void aClipThatIsPaidWithoutAJournalIsGoneOnWithByItsRedelivery() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(3).inject(Fault.status(500));
        TestFiles.drop(folder.resolve("inbox/a.mp4"), TestClips.mp4(1, 1));
        AccountRoutePolicy policy = new AccountRoutePolicy();
        policy.setPeriod(500);
        context.start(routes -> {
            routes.onException(Exception.class).maximumRedeliveries(5).redeliveryDelay(1500);
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=100&moveFailed=../failed")
                    .routeId("pictures")
                    .routePolicy(policy)
                    .to("dewatermark:video?pollInterval=100")
                    .to("file:" + folder.resolve("outbox"));
        });
        await().atMost(30, SECONDS).until(() -> sandbox.requests().count(Call.DOWNLOAD) == 3);
        refuseTheKey();
        TestFiles.drop(folder.resolve("inbox/b.mp4"), TestClips.mp4(1, 2));
        untilSuspended();
        untilIn("outbox", "a.mp4");
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
        refuseTheKey();
        drop("a.jpg");
        start();
        untilSuspended();
        sandbox.faults().clear();
        context.camel().getRouteController().stopRoute("pictures");
        context.camel().getRouteController().startRoute("pictures");

        untilIn("outbox", "a.jpg");
        assertThat(messages("is resumed")).isEmpty();
    }

    @Test
    void healthSaysWhichRouteIsSuspendedAndWhy() throws Exception {
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(405));
        context.options().setJournalDirectory(folder.resolve("journal").toString());
        drop("a.jpg");
        start();
        context.enableHealthChecks();
        untilSuspended();

        assertThat(health().getState()).isEqualTo(HealthCheck.State.DOWN);
        assertThat(health().getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("Route pictures is suspended: Dewatermark credit was answered with HTTP 405"));

        untilIn("outbox", "a.jpg");
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
        drop("a.jpg");
        start();
        untilSuspended();
        context.camel().getRouteController().suspendRoute("pictures");
        sandbox.faults().clear();
        await().during(Duration.ofSeconds(2)).until(() -> files("inbox").equals(List.of("a.jpg")));

        context.camel().getRouteController().resumeRoute("pictures");

        untilIn("outbox", "a.jpg");
        assertThat(messages("is resumed")).isEmpty();
    }

    @Test
    void aStopWhileItIsSuspendedLeavesTheFileForTheNextStart() throws Exception {
        refuseTheKey();
        drop("a.jpg");
        start();
        untilSuspended();

        context.camel().stop();

        assertThat(files("inbox")).containsExactly("a.jpg");
        assertThat(files("failed")).isEmpty();
        assertThat(messages("is resumed")).isEmpty();
    }

    private List<String> messages(String part) {
        return log.messages().stream()
                .filter(line -> line.contains("Route pictures " + part))
                .toList();
    }

    private void untilSuspended() {
        await().atMost(30, SECONDS).until(() -> !messages("is suspended").isEmpty());
    }

    private void untilIn(String name, String file) {
        await().atMost(20, SECONDS).until(() -> files(name).equals(List.of(file)));
    }

    private void drop(String name) throws IOException {
        TestFiles.drop(folder.resolve("inbox").resolve(name), TestPictures.jpeg());
    }

    private void dropAll() throws IOException {
        for (int i = 0; i < FILES; i++) {
            drop(i + ".jpg");
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
        context.start(routes -> {
            routes.onException(Exception.class).handled(true).to("file:" + folder.resolve("failed"));
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=100&moveFailed=../failed"
                            + "&readLock=changed&readLockMinAge=1&readLockMarkerFile=false" + option)
                    .routeId("pictures")
                    .routePolicy(policy)
                    .to(step)
                    .to("file:" + folder.resolve("outbox"));
        });
    }

    private List<String> files(String name) throws IOException {
        return TestFiles.names(folder.resolve(name));
    }
}
