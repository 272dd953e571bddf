package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.numbered;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option maximumSpend: no more is paid in a time, with a journal whoever pays, and over restarts. */
@Timeout(120)
class MaximumSpendTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofMillis(100))
            .pictureEngine(new WhiteningPictures())
            .clipEngine(TestClips.copying(6))
            .start();

    @AutoClose
    private TestContext context = TestContext.at(sandbox);

    private void journal(boolean isThere) {
        if (isThere) {
            context.options().setJournalDirectory(folder.resolve("journal").toString());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void beyondTheLimitNothingIsSent(boolean journal) throws Exception {
        journal(journal);
        Instant before = Instant.now();
        context.start("dewatermark:erase?maximumSpend=2/1h");
        body(context.send(numbered(1)));
        body(context.send(numbered(2)));

        Exchange exchange = context.send(numbered(3), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        DewatermarkCreditException error = failure(exchange, DewatermarkCreditException.class);
        assertThat(error)
                .hasMessageStartingWith(
                        "photo.jpg was not sent, so nothing was charged: the option maximumSpend=2/1h allows"
                                + " no more now; there is room for it again at ");
        assertThat(Instant.parse(error.getMessage().replaceFirst(".* at ", "")))
                .isBetween(before.plusSeconds(3600), Instant.now().plusSeconds(3610));
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(error.neededCredit()).isEqualByComparingTo("1");
        assertThat(error.again()).isEqualTo(error.getMessage().replaceFirst(".* at ", ""));
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(2);
    }

    @Test
    void whatIsInTheJournalIsFreeAndGoesOn() throws Exception {
        journal(true);
        context.start("dewatermark:erase?maximumSpend=1/1h");

        for (int i = 0; i < 3; i++) {
            body(context.send(numbered(1)));
        }

        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void theLimitHoldsOverRestarts() throws Exception {
        for (int i = 0; i < 4; i++) {
            journal(true);
            context.start("dewatermark:erase?maximumSpend=3/1h");
            for (int picture = 0; picture < 2; picture++) {
                context.send(numbered(10 * i + picture));
            }
            context.close();
            context = TestContext.at(sandbox);
        }

        assertThat(sandbox.ledger()).hasSize(3);
    }

    @Test
    void anEndpointMayHaveALimitOfItsOwnAndEachCountsAllOfTheJournal() throws Exception {
        journal(true);
        context.options().setMaximumSpend("1/1h");
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase");
            routes.from("direct:own").to("dewatermark:erase?maximumSpend=2/1d");
        });

        body(context.send(numbered(1)));
        failure(context.send(numbered(2)), DewatermarkCreditException.class);
        body(context.sendTo("direct:own", numbered(2), Map.of()));
        failure(context.sendTo("direct:own", numbered(3), Map.of()), DewatermarkCreditException.class);

        assertThat(sandbox.ledger()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsUnderWayCounts(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(500)));
        context.start("dewatermark:erase?maximumSpend=2/1h");

        List<Future<Exchange>> sent = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            byte[] picture = numbered(i);
            sent.add(context.camel().createProducerTemplate().asyncSend("direct:in", exchange -> exchange.getMessage()
                    .setBody(picture)));
        }

        int failed = 0;
        for (Future<Exchange> exchange : sent) {
            failed += exchange.get().isFailed() ? 1 : 0;
        }
        assertThat(failed).isEqualTo(4);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsRefusedDoesNotCount(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        context.start("dewatermark:erase?maximumSpend=1/1h");

        failure(context.send(numbered(1)), DewatermarkRequestException.class);
        body(context.send(numbered(2)));
        failure(context.send(numbered(3)), DewatermarkCreditException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatMayHaveBeenChargedCounts(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        context.start("dewatermark:erase?maximumSpend=1/1h");

        assertThat(context.send(numbered(1)).isFailed()).isTrue();

        failure(context.send(numbered(2)), DewatermarkCreditException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipIsRefusedBeforeItsUpload(boolean journal) throws Exception {
        journal(journal);
        context.start("dewatermark:video?maximumSpend=2/1h");
        body(context.send(TestClips.mp4(6, 1000)));

        failure(context.send(TestClips.mp4(6, 1001)), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipThatFailsIsRefundedAndDoesNotCount(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start("dewatermark:video?maximumSpend=2/1h");

        failure(context.send(TestClips.mp4(6, 1000)), DewatermarkTaskException.class);
        body(context.send(TestClips.mp4(6, 1001)));
        failure(context.send(TestClips.mp4(6, 1002)), DewatermarkCreditException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipWhoseSubmitIsRefusedIsReservedOnce(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(400));
        context.startWithRedelivery(DewatermarkRequestException.class, 1, "dewatermark:video?maximumSpend=2/1h");

        body(context.send(TestClips.mp4(6, 1000)));

        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(2);
        failure(context.send(TestClips.mp4(6, 1001)), DewatermarkCreditException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipThatFailsAfterARefusedSubmitDoesNotCount(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(400));
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.startWithRedelivery(DewatermarkRequestException.class, 1, "dewatermark:video?maximumSpend=2/1h");

        failure(context.send(TestClips.mp4(6, 1000)), DewatermarkTaskException.class);
        body(context.send(TestClips.mp4(6, 1001)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefundThatAnEndpointWithoutALimitSeesDoesNotCount(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:video?maximumSpend=2/1h&waitForCompletion=false");
            routes.from("direct:fetch").to("dewatermark:video");
        });
        String task =
                context.send(TestClips.mp4(6, 1000)).getMessage().getHeader(DewatermarkConstants.TASK_ID, String.class);

        failure(
                context.sendTo("direct:fetch", null, Map.of(DewatermarkConstants.TASK_ID, task)),
                DewatermarkTaskException.class);

        assertThat(context.send(TestClips.mp4(6, 1001)).getException()).isNull();
    }

    @Test
    void aSecondLimitWithoutAJournalCountsFromTheStart() throws Exception {
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase?maximumSpend=5/1d");
            routes.from("direct:own").to("dewatermark:erase?maximumSpend=1/1h");
        });
        body(context.send(numbered(1)));

        failure(context.sendTo("direct:own", numbered(3), Map.of()), DewatermarkCreditException.class);
    }

    /** Its call waits, and others have the room that it had. */
    @Test
    void whatIsHeldBackIsReservedAnewWhenItIsSent() throws Exception {
        journal(true);
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("4"));
        context.start("dewatermark:erase?maximumSpend=1/2s");

        var first = context.sendAsync(numbered(1));
        await().until(() -> sandbox.requests().count(Call.ERASE) == 1);
        await().atMost(10, SECONDS).until(() -> {
            return Files.readString(folder.resolve("journal/ledger.csv")).contains("RESERVED")
                    && context.component().getSpendingLeft().signum() > 0;
        });

        assertThatOneIsPaid(first, context.sendAsync(numbered(2)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipThatIsHeldBackIsReservedAnewWhenItIsSubmitted(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(429).retryAfter("4"));
        context.start("dewatermark:video?maximumSpend=2/2s&waitForCompletion=false");

        var first = context.sendAsync(TestClips.mp4(6, 1000));
        await().until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
        await().atMost(10, SECONDS)
                .until(() -> context.component().getSpendingLeft().intValue() == 2);

        assertThatOneIsPaid(first, context.sendAsync(TestClips.mp4(6, 1001)));
    }

    private void assertThatOneIsPaid(Future<Exchange> first, Future<Exchange> second) throws Exception {
        assertThat(List.of(first.get(), second.get()))
                .filteredOn(Exchange::isFailed)
                .hasSize(1);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    /** Its length was read when it was uploaded. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipThatIsSubmittedByARedeliveryIsReservedWithItsPrice(boolean journal) throws Exception {
        journal(journal);
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(400));
        context.startWithRedelivery(
                DewatermarkRequestException.class, 1, "dewatermark:video?maximumSpend=13/1h&waitForCompletion=false");

        assertThat(context.send(TestClips.mp4(60, 1000)).getException()).isNull();

        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(2);
        assertThat(context.component().getSpendingLeft()).isEqualByComparingTo("1");
    }

    /** It has used up the limit itself. */
    @Test
    void aClipThatIsPaidAndRunningDoesNotSuspendItsRoute() throws Exception {
        journal(true);
        TestFiles.drop(folder.resolve("inbox/a.mp4"), TestClips.mp4(6, 10));
        sandbox.faults().on(Call.STATUS).times(3).inject(Fault.delay(Duration.ofMillis(400)));
        context.start(routes -> {
            routes.errorHandler(
                    routes.defaultErrorHandler().maximumRedeliveries(20).redeliveryDelay(100));
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=50&moveFailed=../failed")
                    .routePolicy(new AccountRoutePolicy())
                    .to("dewatermark:video?taskTimeout=300&pollInterval=50&maxPollInterval=50&maximumSpend=2/1h")
                    .to("file:" + folder.resolve("outbox"));
        });

        await().atMost(30, SECONDS)
                .until(() -> TestFiles.names(folder.resolve("outbox")).equals(List.of("a.mp4")));
    }

    /** Its length can't be read before its end: until then it counts as a credit. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClipWhosePriceIsNotKnownCountsAsSoonAsItIs(boolean journal) throws Exception {
        journal(journal);
        context.start("dewatermark:video?maximumSpend=2/1h");
        body(context.send(TestClips.mp4(0, 1)));

        failure(context.send(TestClips.mp4(4.5, 1)), DewatermarkCreditException.class);
        body(context.send(TestClips.mp4(4, 1)));
    }

    @Test
    void aPdfCounts() throws Exception {
        context.start("dewatermark:pdf?maximumSpend=3/1h");
        body(context.send(TestPdfs.pages(11)));

        failure(context.send(TestPdfs.pages(12)), DewatermarkCreditException.class);
        body(context.send(TestPdfs.pages(2)));
    }

    @Test
    void aRouteWithThePolicyWaitsUntilThereIsRoom() throws Exception {
        for (int i = 0; i < 5; i++) {
            TestFiles.drop(folder.resolve("inbox/" + i + ".jpg"), numbered(i));
        }
        journal(true);
        AccountRoutePolicy policy = new AccountRoutePolicy();
        policy.setPeriod(200);
        context.start(routes -> routes.from(
                        "file:" + folder.resolve("inbox") + "?initialDelay=0&delay=50&moveFailed=../failed")
                .routePolicy(policy)
                .to("dewatermark:erase?maximumSpend=2/3s")
                .to("file:" + folder.resolve("outbox")));

        await().atMost(60, SECONDS)
                .until(() -> TestFiles.names(folder.resolve("outbox")).size() == 5);

        assertThat(folder.resolve("failed")).doesNotExist();
        List<Instant> paid = Files.readAllLines(folder.resolve("journal/ledger.csv")).stream()
                .filter(line -> line.contains(",YES,"))
                .map(line -> Instant.parse(line.substring(0, line.indexOf(','))))
                .sorted()
                .toList();
        assertThat(paid).hasSize(5);
        for (int i = 2; i < paid.size(); i++) {
            assertThat(Duration.between(paid.get(i - 2), paid.get(i))).isGreaterThan(Duration.ofSeconds(3));
        }
    }

    /** There is room for a picture, but not for this clip. */
    @Test
    void aRouteWithThePolicyWaitsUntilThereIsRoomForTheFileThatItHas() throws Exception {
        TestFiles.drop(folder.resolve("inbox/a.mp4"), TestClips.mp4(6, 10));
        TestFiles.drop(folder.resolve("inbox/b.mp4"), TestClips.mp4(8, 10));
        context.start(routes -> routes.from("file:" + folder.resolve("inbox")
                        + "?initialDelay=0&delay=50&sortBy=file:name&moveFailed=../failed")
                .routePolicy(new AccountRoutePolicy())
                .to("dewatermark:video?maximumSpend=2.7/3s")
                .to("file:" + folder.resolve("outbox")));

        await().atMost(60, SECONDS)
                .until(() -> TestFiles.names(folder.resolve("outbox")).size() == 2);
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void aFileThatCostsMoreThanTheLimitFailsAndTheRouteGoesOn() throws Exception {
        TestFiles.drop(folder.resolve("inbox/a.mp4"), TestClips.mp4(60, 10));
        TestFiles.drop(folder.resolve("inbox/b.mp4"), TestClips.mp4(6, 10));
        List<String> messages = new ArrayList<>();
        context.start(routes -> {
            routes.onException(DewatermarkCreditException.class)
                    .process(exchange -> messages.add(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)
                            .getMessage()));
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&moveFailed=../failed")
                    .routePolicy(new AccountRoutePolicy())
                    .to("dewatermark:video?maximumSpend=2/1h")
                    .to("file:" + folder.resolve("outbox"));
        });

        await().atMost(30, SECONDS)
                .until(() -> TestFiles.names(folder.resolve("outbox")).equals(List.of("b.mp4")));
        await().atMost(30, SECONDS)
                .until(() -> TestFiles.names(folder.resolve("failed")).equals(List.of("a.mp4")));
        assertThat(messages)
                .containsExactly("a.mp4 was not sent, so nothing was charged: it costs 12 credits, and the option"
                        + " maximumSpend=2/1h never allows that");
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 3"})
    void aFileThatCanNeverBeDeliveredCostsNoMoreThanTheLimit(boolean journal, int paid) throws Exception {
        journal(journal);
        TestFiles.drop(folder.resolve("inbox/a.jpg"), numbered(1));
        List<String> attempts = new ArrayList<>();
        context.start(routes -> routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=10")
                .process(exchange -> attempts.add("attempt"))
                .to("dewatermark:erase?maximumSpend=3/1h")
                .throwException(new IllegalStateException("nobody takes it")));

        await().atMost(30, SECONDS).until(() -> attempts.size() > 10);

        assertThat(sandbox.ledger()).hasSize(paid);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video", "pdf"})
    void withoutAJournalTheStartSaysWhatIsCounted(String operation) throws Exception {
        try (LogLines log = LogLines.infosOf(OperationContext.class)) {
            context.start("dewatermark:" + operation + "?maximumSpend=2/1h");

            assertThat(log.messages())
                    .containsExactly("The option maximumSpend=2/1h counts from now on only what this process pays, as "
                            + operation + " has no journal: with the option journalDirectory, it counts over restarts");
        }
    }

    @Test
    void withAJournalThereIsNothingToSay() throws Exception {
        journal(true);
        try (LogLines log = LogLines.infosOf(OperationContext.class)) {
            context.start("dewatermark:erase?maximumSpend=2/1h", "dewatermark:credit?maximumSpend=2/1h");

            assertThat(log.messages()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10/banana, The option maximumSpend is wrong: '10/banana' is not a number of credits and a time",
        "0.5/1d, The option maximumSpend=0.5/1d allows nothing at all: erase costs at least 1 credit"
    })
    void aLimitThatIsNoneShowsWhenTheRouteStarts(String limit, String message) {
        assertThatThrownBy(() -> context.start("dewatermark:erase?maximumSpend=" + limit))
                .rootCause()
                .isInstanceOf(DewatermarkOptionException.class)
                .hasMessageStartingWith(message);
    }
}
