package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.PAY_AGAIN;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_STATUS;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task by its id: in the same exchange, in another one, or not any more. */
class VideoResumeTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void aTaskIsResumedByItsIdInAnotherExchange() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        String taskId = context.send(clip("a")).getMessage().getHeader(TASK_ID, String.class);

        Exchange resumed = context.sendTo("dewatermark:video", "not a clip", Map.of(TASK_ID, taskId));

        assertThat(body(resumed)).isEqualTo(cleaned(clip("a")));
        assertThat(resumed.getMessage().getHeader(TASK_STATUS)).isEqualTo("COMPLETED");
        assertOneTaskAndOneCharge();
    }

    @Test
    void aTaskIsResumedInTheSameExchange() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false", "dewatermark:video");

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertOneTaskAndOneCharge();
    }

    @Test
    void aTaskThatWasSeenCompletedWithoutWaitingCanStillBeFetched() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .loopDoWhile(routes.header(TASK_STATUS).isNotEqualTo("COMPLETED"))
                .to("dewatermark:video?waitForCompletion=false")
                .delay(50)
                .end()
                .end()
                .to("dewatermark:video"));

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("a")));
        assertOneTaskAndOneCharge();
    }

    @Test
    void anotherClipIsAnotherTaskWhenTheHeadersOfTheFirstAreRemoved() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:video?waitForCompletion=false")
                .removeHeaders("CamelDewatermark*")
                .setBody(routes.constant(clip("b")))
                .to("dewatermark:video"));

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("b")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void anIdThatAFinishedCallLeftIsNotResumed() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:video")
                .setBody(routes.constant(clip("b")))
                .to("dewatermark:video"));

        assertThat(body(context.send(clip("a")))).isEqualTo(cleaned(clip("b")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void anUnknownTaskIsStartedAnewOnlyByWhoPaysAgain() throws Exception {
        context.start("dewatermark:video");
        Exchange unknown = context.send(clip("a"), Map.of(TASK_ID, "long-gone"));
        assertThat(failure(unknown, DewatermarkTaskException.class))
                .hasMessageContaining("long-gone")
                .hasMessageContaining("header " + PAY_AGAIN)
                .returns(Billed.UNKNOWN, DewatermarkTaskException::billed)
                .returns(false, DewatermarkTaskException::retryable);
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isZero();

        Exchange exchange = context.send(clip("a"), Map.of(TASK_ID, "long-gone", PAY_AGAIN, true));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(exchange.getMessage().getHeader(TASK_ID))
                .isEqualTo(sandbox.tasks().get(0).taskId());
        assertOneTaskAndOneCharge();
    }

    /** A redelivery restores the header, which was meant for one call. */
    @Test
    void payAgainIsForOneCallAlsoWhenItIsRedelivered() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).times(6).inject(Fault.cut());
        context.startWithRedelivery(DewatermarkTaskException.class, 3, "dewatermark:video");

        Exchange exchange = context.send(clip("a"), Map.of(PAY_AGAIN, true));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertOneTaskAndOneCharge();
    }

    @Test
    void anUnknownTaskWithoutABodyIsAnErrorThatNamesIt() throws Exception {
        Exchange exchange = context.start("dewatermark:video").send(null, Map.of(TASK_ID, "long-gone"));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        assertThat(error).hasMessageContaining("long-gone").hasMessageContaining("not known");
        assertThat(error.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isZero();
    }

    @Test
    void aTaskIdCanNotLeadToAnotherPath() throws Exception {
        Exchange exchange = context.start("dewatermark:video").send(null, Map.of(TASK_ID, "../../../creditInfo?a=b#c"));

        assertThat(exchange.getException()).isInstanceOf(DewatermarkTaskException.class);
        assertThat(sandbox.requests().count(Call.CREDIT)).isZero();
    }

    @Test
    void aTaskWhoseClipWasUploadedElsewhereIsSubmittedByItsIdAlone() throws Exception {
        context.start("dewatermark:video");
        String taskId = upload(clip("a"));

        Exchange exchange = context.send(null, Map.of(TASK_ID, taskId));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertOneTaskAndOneCharge();
    }

    @Test
    void aTaskThatWasNeverSubmittedIsBegunAnewWhenTheClipIsThere() throws Exception {
        context.start("dewatermark:video");
        String taskId = upload(clip("a"));

        Exchange exchange = context.send(clip("b"), Map.of(TASK_ID, taskId));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("b")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aPaidTaskIsFetchedThoughItsFileIsGone(@TempDir Path folder) throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        Path file = Files.write(folder.resolve("a.mp4"), clip("a"));
        String taskId = context.send(file.toFile()).getMessage().getHeader(TASK_ID, String.class);
        Files.delete(file);

        Exchange exchange = context.sendTo("dewatermark:video", file.toFile(), Map.of(TASK_ID, taskId));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertOneTaskAndOneCharge();
    }

    @Test
    void aFileThatIsGoneBeforeItsTaskWasSubmittedIsNamedAndNothingIsCharged(@TempDir Path folder) throws Exception {
        context.start("dewatermark:video");
        Path gone = folder.resolve("a.mp4");

        Exchange exchange = context.send(gone.toFile(), Map.of(TASK_ID, upload(clip("a"))));

        assertThat(failure(exchange, DewatermarkInputException.class))
                .hasMessageContaining(gone.toString())
                .hasMessageContaining("nothing was charged");
        assertThat(bookings(sandbox)).isEmpty();
    }

    @Test
    void aBlankTaskIdAsksForNothing() throws Exception {
        Exchange exchange = context.start("dewatermark:video").send(clip("a"), Map.of(TASK_ID, " "));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
    }

    private void assertOneTaskAndOneCharge() {
        assertThat(sandbox.tasks()).hasSize(1);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    private String upload(byte[] clip) throws IOException {
        try (DewatermarkClient client = DewatermarkClient.builder()
                .apiKey(sandbox.apiKey())
                .baseUrl(sandbox.baseUrl())
                .build()) {
            Task created = client.video().create();
            client.video().upload(created.uploadUrl(), Content.of("clip", clip));
            return created.taskId();
        }
    }
}
