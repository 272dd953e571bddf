package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.REFUND;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal knows about a clip at each step, and what it does when the journal itself fails. */
@Timeout(60)
class VideoEntryTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() {
        context.options().setJournalDirectory(folder.toString());
    }

    @Test
    void aClipIsUploadedBeforeTheSubmitAndIsNotSentASecondTime() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(403));
        context.start("dewatermark:video");

        context.send(clip("a"));
        assertThat(JournalFiles.states(folder)).containsExactly(State.UPLOADED);
        assertThat(bookings(sandbox)).isEmpty();

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void theLedgerHasALineForEachTaskThatIsCharged() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start("dewatermark:video");

        context.sendTo("dewatermark:video", clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, REFUND);
        assertThat(JournalFiles.states(folder)).isEmpty();
        assertThat(folder.resolve("ledger.csv")).doesNotExist();

        for (int i = 0; i < 2; i++) {
            context.sendTo("dewatermark:video", clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));
        }
        String task = sandbox.tasks().get(1).taskId();
        assertThat(folder.resolve("ledger.csv")).content().satisfies(ledger -> assertThat(ledger.lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(",video,a.mp4,", ",YES," + task + "," + task));
    }

    @Test
    void soItHasWhereTheTaskIsAskedForByItsId() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        String task = context.send(clip("a")).getMessage().getHeader(DewatermarkConstants.TASK_ID, String.class);
        assertThat(folder.resolve("ledger.csv")).doesNotExist();

        for (int i = 0; i < 2; i++) {
            context.sendTo(
                    "dewatermark:video", null, Map.of(DewatermarkConstants.TASK_ID, task, Exchange.FILE_NAME, "a.mp4"));
        }

        assertThat(folder.resolve("ledger.csv")).content().satisfies(ledger -> assertThat(ledger.lines())
                .hasSize(2)
                .last()
                .asString()
                .contains(",video,a.mp4,", ",YES," + task + "," + task));
    }

    @Test
    void aTaskThatWasUnknownForAMomentIsInTheLedgerAsPaidInTheEnd() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        context.send(clip("a"));
        sandbox.faults().on(Call.STATUS).inject(Fault.status(404));
        context.send(clip("a"));
        assertThat(folder.resolve("ledger.csv")).content().contains(",UNKNOWN,").doesNotContain(",YES,");

        context.sendTo("dewatermark:video", clip("a"), Map.of());

        assertThat(folder.resolve("ledger.csv")).content().contains(",UNKNOWN,", ",YES,");
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void ofTwoWhoHaveTheSameClipAtOnceOneIsToldThePrice() throws Exception {
        context.start("dewatermark:video");
        CompletableFuture<Exchange> other = CompletableFuture.supplyAsync(() -> context.send(clip("a")));

        Exchange one = context.send(clip("a"));

        assertThat(Stream.of(one, other.get())
                        .map(exchange -> exchange.getMessage().getHeader(DewatermarkConstants.FROM_JOURNAL)))
                .containsExactlyInAnyOrder(null, true);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aTaskThatCannotBeSubmittedIsLeftByWhoPaysAgain() throws Exception {
        sandbox.faults().on(Call.SUBMIT).times(2).inject(Fault.status(400));
        context.start("dewatermark:video");
        for (int i = 0; i < 2; i++) {
            assertThat(context.send(clip("a")).getException()).isNotNull();
        }
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);

        Exchange again = context.send(clip("a"), Map.of(DewatermarkConstants.PAY_AGAIN, true));

        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(2);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aRedeliveryOfWhoPaysAgainDoesNotPayOnceMore() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(403));
        sandbox.faults().on(Call.DOWNLOAD).times(3).inject(Fault.cut());
        context.startWithRedelivery(DewatermarkTaskException.class, 2, "dewatermark:video");
        context.send(clip("a")); // is uploaded

        Exchange again = context.send(clip("a"), Map.of(DewatermarkConstants.PAY_AGAIN, true));

        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void whatIsFetchedASecondTimeHasCostNothing() throws Exception {
        context.start("dewatermark:video");
        Exchange first = context.send(clip("a"));

        Exchange second = context.send(clip("a"));

        assertThat(first.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class))
                .isPositive();
        assertThat(first.getMessage().getHeader(DewatermarkConstants.FROM_JOURNAL))
                .isNull();
        assertThat(second.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class))
                .isZero();
        assertThat(second.getMessage().getHeader(DewatermarkConstants.FROM_JOURNAL))
                .isEqualTo(true);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void anEntryWhoseClipWasNotFetchedIsKeptHoweverOldItSeems() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(20).inject(Fault.status(500));
        context.start("dewatermark:video");
        context.send(clip("a"));
        assertThat(JournalFiles.states(folder)).containsExactly(State.SUBMITTED);
        JournalFiles.age(folder, Duration.ofDays(400));
        restart();
        sandbox.faults().clear();

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aClipThatWasFetchedIsForgottenAfterTheRetention() throws Exception {
        context.start("dewatermark:video");
        context.send(clip("a"));
        JournalFiles.age(folder, Duration.ofDays(2));

        context.send(clip("a"));

        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void ofATaskThatIsHandedOnWithoutWaitingTheSameIsGivenAgain() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");

        Exchange first = context.send(clip("a"));
        Exchange second = context.send(clip("a"));

        assertThat(second.getMessage().getHeader(DewatermarkConstants.TASK_ID))
                .isEqualTo(first.getMessage().getHeader(DewatermarkConstants.TASK_ID));
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    /** Each works on a copy of the exchange, and is done with it before the exchange goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"direct:plain", "direct:recipients", "direct:enrich", "direct:request", "direct:split"})
    void aClipWhoseLaterStepFailsIsFetchedAgain(String from) throws Exception {
        context.start(routes -> {
            routes.from("direct:plain").to("dewatermark:video").to("direct:end");
            routes.from("direct:recipients")
                    .recipientList(routes.constant("dewatermark:video"))
                    .end()
                    .to("direct:end");
            routes.from("direct:enrich").enrich("direct:video").to("direct:end");
            routes.from("direct:request")
                    .to(ExchangePattern.InOut, "seda:video")
                    .to("direct:end");
            routes.from("direct:split")
                    .split(routes.body())
                    .to("dewatermark:video")
                    .end()
                    .to("direct:end");
            routes.from("direct:video").to("dewatermark:video");
            routes.from("seda:video?pollTimeout=20").to("dewatermark:video");
            routes.from("direct:end").throwException(new IOException("no room"));
        });

        for (int i = 0; i < 2; i++) {
            context.sendTo(from, from.equals("direct:split") ? List.of(clip("a")) : clip("a"), Map.of());
        }

        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(2);
    }

    @Test
    void aFileThatTheConsumerCannotPutAwayIsPaidOnce(@TempDir Path inbox) throws Exception {
        TestFiles.drop(inbox.resolve("a.mp4"), clip("a"));
        Files.writeString(inbox.resolve(".done"), "not a folder");
        context.start(routes -> routes.from("file:" + inbox + "?delay=100&move=.done/${file:name}")
                .to("dewatermark:video"));

        await().until(() -> sandbox.requests().count(Call.DOWNLOAD) > 1);

        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aJournalThatCannotBeReadStopsAClipBeforeAnythingIsSent() throws Exception {
        useJournalThatFails("claim"::equals);
        context.start("dewatermark:video");

        DewatermarkStorageException error =
                TestContext.failure(context.send(clip("a")), DewatermarkStorageException.class);

        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(error).hasMessageContaining("journal").hasMessageContaining("nothing was charged");
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isZero();
    }

    @Test
    void aRedeliveryAfterAJournalThatCouldNotBeWrittenSubmitsNothingThatIsNotRecorded() throws Exception {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        useJournalThatFails(method -> method.equals("change UPLOADED") && failed.add(method));
        context.startWithRedelivery(DewatermarkStorageException.class, 1, "dewatermark:video");

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));

        assertThat(failed).isNotEmpty();
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"change SUBMITTED", "chargedOnce", "replace"})
    void aJournalThatFailsOnceTheClipIsPaidIsNoFailure(String method) throws Exception {
        useJournalThatFails(method::equals);
        context.start("dewatermark:video");

        for (int i = 0; i < 2; i++) {
            assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        }

        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    private void useJournalThatFails(Predicate<String> fails) {
        context.options().setJournalDirectory(null);
        context.options()
                .setJournal(new BrokenJournal(new FolderJournal(folder, Duration.ofDays(1), Long.MAX_VALUE), fails));
    }

    private void restart() throws Exception {
        context.close();
        context = TestContext.at(sandbox);
        context.options().setJournalDirectory(folder.toString());
        context.start("dewatermark:video");
    }
}
