package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.PAY_AGAIN;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_KEY;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.REFUND;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a journal does for clips that are seen again, in another exchange: they go on with the task that they have. */
@Timeout(60)
class VideoJournalTest {

    private static final String KEY = "a key";
    private static final Map<String, Object> WITH_KEY = Map.of(TASK_KEY, KEY);

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() {
        context.options().setJournalDirectory(folder.toString());
    }

    @Test
    void aClipThatIsSeenAgainUnderAnotherNameIsResumed() throws Exception {
        startWithALaterStepThatFails();
        context.send(clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));

        Exchange again = context.sendTo("dewatermark:video", clip("a"), Map.of(Exchange.FILE_NAME, "renamed.mp4"));

        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
    }

    @Test
    void aClipThatWasChangedIsAnotherOne() throws Exception {
        startWithALaterStepThatFails();
        context.send(clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));

        Exchange changed = context.sendTo("dewatermark:video", clip("b"), Map.of(Exchange.FILE_NAME, "a.mp4"));

        assertThat(body(changed)).isEqualTo(cleaned(clip("b")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void aKeyInTheHeaderIsWhatAClipIsRecognisedBy() throws Exception {
        startWithALaterStepThatFails();
        context.send(clip("a"), WITH_KEY);

        Exchange again = context.sendTo("dewatermark:video", clip("other bytes"), WITH_KEY);

        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void theSameClipTwiceAtOnceIsPaidOnce() throws Exception {
        context.start("dewatermark:video");

        ExecutorService senders = Executors.newFixedThreadPool(8);
        try {
            List<Future<Exchange>> sent = senders.invokeAll(Collections.nCopies(8, () -> context.send(clip("a"))));

            for (Future<Exchange> exchange : sent) {
                assertThat(body(exchange.get())).isEqualTo(cleaned(clip("a")));
            }
        } finally {
            senders.shutdown();
        }
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aTaskThatFailedLeavesTheJournalAndTheClipGetsANewOne() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start("dewatermark:video");

        DewatermarkTaskException error = failure(context.send(clip("a")), DewatermarkTaskException.class);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(JournalFiles.states(folder)).isEmpty();

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, REFUND, CHARGE);
    }

    @Test
    void aTaskThatThePlatformDoesNotKnowAnyMoreIsPaidForAgainOnlyOnPurpose() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        context.send(clip("a"), WITH_KEY);
        sandbox.faults().on(Call.STATUS).always().inject(Fault.status(404));
        for (int i = 0; i < 2; i++) {
            assertThat(failure(context.send(clip("a"), WITH_KEY), DewatermarkTaskException.class)
                            .billed())
                    .isEqualTo(Billed.UNKNOWN);
        }
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(JournalFiles.states(folder)).containsExactly(State.UNKNOWN);

        sandbox.faults().clear();
        Map<String, Object> payAgain = Map.of(TASK_KEY, KEY, PAY_AGAIN, true);
        assertThat(body(context.sendTo("dewatermark:video", clip("a"), payAgain)))
                .isEqualTo(cleaned(clip("a")));

        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
    }

    @Test
    void whoWantsToPayAgainKeepsTheTaskUntilThereIsAnother() throws Exception {
        startWithALaterStepThatFails();
        context.send(clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));
        sandbox.faults().on(Call.CREATE_UPLOAD).inject(Fault.status(400));

        Exchange refused = context.sendTo("dewatermark:video", clip("a"), Map.of(PAY_AGAIN, true));
        assertThat(refused.getException()).isNotNull();

        Exchange again = context.sendTo("dewatermark:video", clip("a"), Map.of());
        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void onlyOneJournalCanBeChosen() {
        context.options().setJournal(new BrokenJournal(null, method -> true));

        assertThatThrownBy(() -> context.start("dewatermark:video"))
                .rootCause()
                .hasMessageContaining("options journal and")
                .hasMessageContaining("journalDirectory");
    }

    /** It would be a folder in the current directory, whose clips are paid again after a start from elsewhere. */
    @Test
    void aFolderThatIsStillEncodedIsRefused() {
        context.options().setJournalDirectory("%2Fvar%2Fjournal");

        assertThatThrownBy(() -> context.start("dewatermark:video"))
                .hasStackTraceContaining("The option journalDirectory is URL-encoded, %2Fvar%2Fjournal");
    }

    @Test
    void aFolderThatCannotBeWrittenIsNamedWhenTheRouteStarts() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        context.options().setJournalDirectory(file.resolve("journal").toString());

        assertThatThrownBy(() -> context.start("dewatermark:video"))
                .hasStackTraceContaining("The option journalDirectory")
                .hasStackTraceContaining(file.toString());
    }

    private void startWithALaterStepThatFails() throws Exception {
        context.start(
                routes -> routes.from("direct:in").to("dewatermark:video").throwException(new IOException("no room")));
    }
}
