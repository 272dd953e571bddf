package io.github.cameldewatermark.kamelet;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelet dewatermark-video-action in pipes. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class VideoActionTest {

    private static final String ACTION = "dewatermark-video-action";

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    private Sandbox sandbox;

    @AfterEach
    void tearDown() {
        if (sandbox != null) {
            sandbox.close();
        }
    }

    @Test
    void aClipGoesFromFolderToFolder(@TempDir Path folder) throws Exception {
        sandbox = TestClips.sandbox(Duration.ofMillis(150));
        TestFiles.drop(folder.resolve("inbox/a.mp4"), clip("a"));
        context.options().setApiKey(sandbox.apiKey());
        NotifyBuilder done =
                new NotifyBuilder(context.camel()).from("file:*").whenDone(1).create();
        Pipe.through(
                        "clean",
                        "uri: file:" + folder + "/inbox",
                        ACTION,
                        Map.of("baseUrl", sandbox.baseUrl()),
                        "uri: file:" + folder + "/outbox")
                .addTo(context.camel());
        context.camel().start();

        assertThat(done.matches(30, TimeUnit.SECONDS)).isTrue();

        assertThat(folder.resolve("outbox/a.mp4")).hasBinaryContent(TestClips.cleaned(clip("a")));
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void marksItsMaskRegion() throws Exception {
        sandbox = TestClips.sandboxThatKeepsClips(Duration.ofMillis(150));

        Exchange exchange = send("maskRegion", "900,1,2,3", TestPictures.resource("/samples/video/rocket-pan.mp4"));

        assertThat(failure(exchange, DewatermarkInputException.class))
                .hasMessageContaining("900,1,2,3 of the region is outside it");
    }

    @Test
    void withoutWaitingTheClipGoesOnWithTheIdOfItsTask() throws Exception {
        sandbox = TestClips.sandbox(Duration.ofHours(1));
        byte[] clip = clip("a");

        Exchange exchange = send("waitForCompletion", "false", clip);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isSameAs(clip);
        assertThat(exchange.getMessage().getHeader(TASK_ID))
                .isEqualTo(sandbox.tasks().get(0).taskId());
    }

    @Test
    void afterAStopByForceTheFileStaysAndIsResumedNotPaidAgain(@TempDir Path folder) throws Exception {
        sandbox = TestClips.sandbox(Duration.ofSeconds(2));
        TestFiles.drop(folder.resolve("inbox/a.mp4"), clip("a"));
        try (TestContext first = TestContext.at(sandbox)) {
            first.camel().getShutdownStrategy().setTimeout(1);
            first.camel().getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
            startWithJournal(first, folder);
            Awaitility.await()
                    .atMost(30, TimeUnit.SECONDS)
                    .until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
        }
        assertThat(folder.resolve("inbox/a.mp4")).exists();
        assertThat(folder.resolve("failed")).doesNotExist();

        context.options().setApiKey(sandbox.apiKey());
        context.options().setBaseUrl(sandbox.baseUrl());
        startWithJournal(context, folder);
        Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(folder.resolve("done/a.mp4")));

        assertThat(folder.resolve("outbox/a.mp4")).hasBinaryContent(TestClips.cleaned(clip("a")));
        assertThat(sandbox.ledger()).hasSize(1);
    }

    private static void startWithJournal(TestContext context, Path folder) throws Exception {
        Pipe.through(
                        "clean",
                        "uri: file:" + folder + "/inbox?move=../done/${file:name}&moveFailed=../failed/${file:name}",
                        ACTION,
                        Map.of("journalDirectory", folder + "/journal"),
                        "uri: file:" + folder + "/outbox")
                .addTo(context.camel());
        context.camel().start();
    }

    @Test
    void waitsNoLongerThanItsTaskTimeout() throws Exception {
        sandbox = TestClips.sandbox(Duration.ofHours(1));

        Exchange exchange = send("taskTimeout", "300ms", clip("a"));

        assertThat(failure(exchange, DewatermarkTaskException.class)).hasMessageContaining("taskTimeout");
    }

    @Test
    void remembersTasksInItsJournalDirectory(@TempDir Path folder) throws Exception {
        sandbox = TestClips.sandbox(Duration.ofHours(1));
        Path journal = folder.resolve("journal");
        context.options().setTaskTimeout(300);

        send("journalDirectory", journal.toString(), clip("a"));

        assertThat(journal)
                .isDirectoryContaining(file -> !file.getFileName().toString().startsWith("."));
    }

    @Test
    void itsOwnKeyBeatsThatOfTheComponent() throws Exception {
        sandbox = TestClips.sandbox(Duration.ofMillis(150));

        failure(send("apiKey", "kamelet-key", clip("a")), DewatermarkAuthenticationException.class);
    }

    @Test
    void sendsNothingBelowItsMinimumCredit() throws Exception {
        sandbox = TestClips.sandbox(Duration.ofMillis(150));

        failure(send("minimumCredit", "1000.5", clip("a")), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isZero();
    }

    @Test
    void aRedeliveryOfTheStepResumesTheTaskAndIsNotChargedAgain() throws Exception {
        sandbox = TestClips.sandbox(Duration.ofMillis(150));
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        context.options().setApiKey(sandbox.apiKey());
        context.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:clean")
                        .errorHandler(
                                defaultErrorHandler().maximumRedeliveries(2).redeliveryDelay(0))
                        .toF("kamelet:%s?baseUrl=%s", ACTION, sandbox.baseUrl());
            }
        });
        context.camel().start();

        byte[] clean = TestContext.body(context.sendTo("direct:clean", clip("a"), Map.of()));

        assertThat(clean).isEqualTo(TestClips.cleaned(clip("a")));
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void withoutAKeyThePipeDoesNotStartAndSaysWhatIsMissing() {
        assertThatThrownBy(() -> {
                    Pipe.through("clean", ACTION, Map.of()).addTo(context.camel());
                    context.camel().start();
                })
                .hasStackTraceContaining("The option apiKey is missing: set it on the endpoint");
    }

    /** Through a pipe whose action has a property, and the sandbox's key and URL from the component. */
    private Exchange send(String property, String value, byte[] clip) throws Exception {
        context.options().setApiKey(sandbox.apiKey());
        context.options().setBaseUrl(sandbox.baseUrl());
        Pipe.through("clean", ACTION, Map.of(property, value)).addTo(context.camel());
        context.camel().start();
        return context.sendTo("direct:clean", clip, Map.of());
    }
}
