package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.operation.TestClips.bookings;
import static io.github.cameldewatermark.operation.TestClips.cleaned;
import static io.github.cameldewatermark.operation.TestClips.clip;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.video.FileTaskJournal;
import io.github.cameldewatermark.video.TaskJournal;
import io.github.cameldewatermark.video.TaskRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The life of a record: there before anything is charged, gone when its exchange has ended well, and not before. */
@Timeout(60)
class JournalRecordTest {

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private TestContext context;

    @BeforeEach
    void setUp() {
        sandbox = TestClips.sandbox(Duration.ofMillis(200));
        context = TestContext.at(sandbox);
        context.options().setJournalDirectory(folder.toString());
    }

    @AfterEach
    void tearDown() {
        context.close();
        sandbox.close();
    }

    @Test
    void aRecordIsThereBeforeTheSubmitAndGoneWhenTheExchangeHasEndedWell() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(403));
        context.start("dewatermark:video");

        context.send(clip("a"));
        assertThat(records()).hasSize(1);
        assertThat(bookings(sandbox)).isEmpty();

        assertThat(TestContext.body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertThat(records()).isEmpty();
        // the clip was up already, and the task not submitted: it wasn't sent a second time
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aRecordStaysWhenALaterStepFailsEvenIfTheRouteHandlesThat() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from("direct:in").to("dewatermark:video").throwException(new IllegalStateException("no room"));
            }
        });

        assertThat(context.send(clip("a")).getException()).isNull();

        assertThat(records()).hasSize(1);
    }

    @Test
    void aRecordStaysWhenTheWholeOfWhichTheClipIsAPartFails() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .split(body())
                        .to("dewatermark:video")
                        .end()
                        .throwException(new IOException("no room"));
            }
        });

        context.send(List.of(clip("a"), clip("b")));

        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
        assertThat(records()).hasSize(2);
    }

    @Test
    void aRecordStaysWhenAPartFailsAndTheWholeGoesOn() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(IllegalStateException.class).handled(true);
                from("direct:in")
                        .split(body())
                        .to("dewatermark:video")
                        .filter(exchange -> exchange.getProperty("CamelSplitIndex", Integer.class) == 0)
                        .throwException(new IllegalStateException("no room"))
                        .end()
                        .end();
            }
        });

        assertThat(context.send(List.of(clip("a"), clip("b"))).getException()).isNull();

        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
        assertThat(records()).hasSize(1);
    }

    @Test
    void aRecordStaysWhenWhoTakesAPartFromAQueueFails() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .split(body())
                        .to("dewatermark:video")
                        .to("seda:next")
                        .end();
                from("seda:next?pollTimeout=20")
                        .onCompletion()
                        .process(exchange -> done.set(true))
                        .end()
                        .throwException(new IOException("no room"));
            }
        });

        context.send(List.of(clip("a")));

        await().untilTrue(done);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(records()).hasSize(1);
    }

    /** Each works on a copy of the exchange, and is done with it before the exchange goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"direct:recipients", "direct:enrich", "direct:request"})
    void aRecordStaysWhenWhoGoesOnWithTheResultOfACopyFails(String from) throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:recipients")
                        .recipientList(constant("dewatermark:video"))
                        .end()
                        .to("direct:end");
                from("direct:enrich").enrich("direct:video").to("direct:end");
                from("direct:request").to(ExchangePattern.InOut, "seda:video").to("direct:end");
                from("direct:video").to("dewatermark:video");
                from("seda:video?pollTimeout=20").to("dewatermark:video");
                from("direct:end").throwException(new IOException("no room"));
            }
        });

        context.sendTo(from, clip("a"), Map.of());

        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(records()).hasSize(1);
    }

    @Test
    void aRecordStaysWhenTheConsumerCannotPutTheFileAway(@TempDir Path inbox) throws Exception {
        Files.write(inbox.resolve("a.mp4"), clip("a"));
        Files.writeString(inbox.resolve(".done"), "not a folder");
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox + "?delay=100&move=.done/${file:name}").to("dewatermark:video");
            }
        });

        await().until(() -> sandbox.requests().count(Call.DOWNLOAD) > 1);

        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void withoutWaitingARecordGoesWhenTheMessageHasGoneOn() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");

        context.send(clip("a"));

        assertThat(records()).isEmpty();
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aJournalThatCannotBeReadStopsAClipBeforeAnythingIsSent() throws Exception {
        TaskJournal journal = new BrokenJournal();
        context.options().setJournalDirectory(null);
        context.options().setTaskJournal(journal);
        context.start("dewatermark:video");

        DewatermarkTransportException error =
                TestContext.failure(context.send(clip("a")), DewatermarkTransportException.class);

        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(error).hasMessageContaining("journal").hasMessageContaining("nothing was charged");
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void aRedeliveryAfterAJournalThatCouldNotBeWrittenSubmitsNothingThatIsNotRecorded() throws Exception {
        AtomicBoolean diskIsFull = new AtomicBoolean(true);
        TaskJournal journal = new FileTaskJournal(folder);
        context.options().setJournalDirectory(null);
        context.options().setTaskJournal(new BrokenJournal() {
            @Override
            public TaskRecord find(String key) throws IOException {
                return journal.find(key);
            }

            @Override
            public TaskRecord record(TaskRecord task) throws IOException {
                return diskIsFull.getAndSet(false) ? super.record(task) : journal.record(task);
            }
        });
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkTransportException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(0);
                from("direct:in").to("dewatermark:video");
            }
        });

        assertThat(TestContext.body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));

        assertThat(records()).hasSize(1);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aRecordThatCannotBeRemovedIsNoFailure() throws Exception {
        context.options().setJournalDirectory(null);
        context.options().setTaskJournal(new BrokenJournal() {
            @Override
            public TaskRecord find(String key) {
                return null;
            }

            @Override
            public TaskRecord record(TaskRecord task) {
                return task;
            }
        });
        context.start("dewatermark:video");

        assertThat(TestContext.body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
    }

    @Test
    void aRecordIsThereUntilTheConsumerIsDoneWithItsFile() throws Exception {
        Path inbox = Files.createDirectory(folder.resolve("inbox"));
        Path file = Files.write(inbox.resolve("clip.mp4"), clip("a"));
        AtomicBoolean fileWasThere = new AtomicBoolean(true);
        context.options().setJournalDirectory(null);
        TaskJournal journal = new FileTaskJournal(folder);
        context.options().setTaskJournal(new TaskJournal() {
            @Override
            public TaskRecord find(String key) throws IOException {
                return journal.find(key);
            }

            @Override
            public TaskRecord record(TaskRecord task) throws IOException {
                return journal.record(task);
            }

            @Override
            public void remove(TaskRecord task) throws IOException {
                fileWasThere.set(Files.exists(file));
                journal.remove(task);
            }
        });
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + inbox).to("dewatermark:video");
            }
        });

        await().untilAsserted(() -> assertThat(inbox.resolve(".camel/clip.mp4")).exists());
        await().untilAsserted(() -> assertThat(records()).isEmpty());

        assertThat(fileWasThere).isFalse();
    }

    private List<Path> records() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".task")).toList();
        }
    }
}
