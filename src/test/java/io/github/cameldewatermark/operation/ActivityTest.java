package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestClips.PRICE;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is counted and logged. */
@Timeout(60)
class ActivityTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    private final DewatermarkComponent component = context.component();

    @Test
    void everyCallIsCountedOnce() throws Exception {
        sandbox.faults().on(Call.UPLOAD).inject(Fault.status(500));
        sandbox.faults().on(Call.STATUS).inject(Fault.status(500));

        body(context.start("dewatermark:video").send(clip("a")));

        assertThat(component.getCalls()).isEqualTo(sandbox.requests().all().size());
        assertThat(component.getPolls()).isEqualTo(sandbox.requests().count(Call.STATUS));
        assertThat(component.getFailedCalls()).isEqualTo(2);
        assertThat(component.getRateLimitWaits()).isZero();
    }

    @Test
    void aWaitForARateLimitIsCounted() throws Exception {
        // one call and no polls, which would wait for their turns after it
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("1"));

        body(context.start("dewatermark:erase").send(jpeg()));

        assertThat(component.getRateLimitWaits()).isOne();
        assertThat(component.getFailedCalls()).isOne();
    }

    @Test
    void aPictureIsChargedWhenItIsAnswered() throws Exception {
        context.start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));

        assertThat(context.send(jpeg()).getException()).isNotNull();
        assertThat(component.getCreditsCharged()).isZero();
        body(context.send(jpeg()));

        assertThat(component.getCreditsCharged()).isOne();
        assertThat(component.getCalls()).isEqualTo(2);
        assertThat(component.getPolls()).isZero();
    }

    @Test
    void aClipIsChargedOnceHoweverOftenItIsFetched() throws Exception {
        context.start("dewatermark:video");

        Exchange first = context.send(clip("a"));
        String taskId = first.getMessage().getHeader(TASK_ID, String.class);
        body(context.send(null, Map.of(TASK_ID, taskId)));

        assertThat(component.getCreditsCharged()).isEqualByComparingTo(PRICE);
    }

    @Test
    void aClipThatIsSubmittedHereAndFetchedLaterIsCharged() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
        String taskId = context.send(clip("a")).getMessage().getHeader(TASK_ID, String.class);
        assertThat(component.getCreditsCharged()).isZero();

        context.sendTo("dewatermark:video", null, Map.of(TASK_ID, taskId));

        assertThat(component.getCreditsCharged()).isEqualByComparingTo(PRICE);
    }

    @Test
    void aClipThatWasPaidButCouldNotBeFetchedIsChargedAllTheSame() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(404));

        assertThat(context.start("dewatermark:video").send(clip("a")).getException())
                .isNotNull();

        assertThat(component.getCreditsCharged()).isEqualByComparingTo(PRICE);
    }

    @Test
    void aRefundedClipIsNotCharged() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());

        assertThat(context.start("dewatermark:video").send(clip("a")).getException())
                .isNotNull();

        assertThat(component.getCreditsCharged()).isZero();
    }

    @Test
    void aClipThatTheProcessBeforeHasPaidIsNotChargedAgain(@TempDir Path journal) throws Exception {
        context.options().setJournalDirectory(journal.toString());
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(404));
        context.start("dewatermark:video").send(clip("a"));
        context.close();
        sandbox.faults().clear();

        try (TestContext next = TestContext.at(sandbox)) {
            next.options().setJournalDirectory(journal.toString());
            body(next.start("dewatermark:video").send(clip("a")));

            assertThat(next.component().getCreditsCharged()).isZero();
        }
    }

    @Test
    void aClipThatTheProcessBeforeHasOnlySubmittedIsChargedWhereItIsSeenCompleted(@TempDir Path journal)
            throws Exception {
        context.options().setJournalDirectory(journal.toString());
        context.start("dewatermark:video?waitForCompletion=false").send(clip("a"));
        assertThat(component.getCreditsCharged()).isZero();
        context.close();

        try (TestContext next = TestContext.at(sandbox)) {
            next.options().setJournalDirectory(journal.toString());
            next.start("dewatermark:video");
            for (int i = 0; i < 2; i++) {
                body(next.send(clip("a")));
            }

            assertThat(next.component().getCreditsCharged()).isEqualByComparingTo(PRICE);
        }
    }

    @Test
    void theOperatorIsToldOfTheSubmitAndOfTheEnd() throws Exception {
        sandbox.faults().on(Call.UPLOAD).inject(Fault.status(500));
        sandbox.faults().on(Call.STATUS).inject(Fault.status(500));
        context.start("dewatermark:video");

        try (LogLines infos = LogLines.infos()) {
            body(context.send(clip("a"), Map.of(Exchange.FILE_NAME, "holiday.mp4")));

            String task = "Video task " + sandbox.tasks().get(0).taskId();
            assertThat(infos.messages())
                    .containsExactly(
                            task + " is submitted: holiday.mp4, " + clip("a").length + " bytes",
                            task + " is done: holiday.mp4, 6.0 s, 1.2 credits, " + TestClips.cleaned(clip("a")).length
                                    + " bytes");
        }
    }
}
