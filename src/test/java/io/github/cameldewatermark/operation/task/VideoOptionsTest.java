package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.HAS_WATERMARK;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_STATUS;
import static io.github.cameldewatermark.DewatermarkConstants.VIDEO_DURATION;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The options of a video endpoint and its out headers. */
class VideoOptionsTest {

    @Test
    void theBodyBecomesTheCleanedClip() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(150));
                TestContext context = TestContext.at(sandbox)) {
            Exchange exchange =
                    context.start("dewatermark:video").send(clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4", "order", 7));

            assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
            Message message = exchange.getMessage();
            assertThat(message.getHeader(TASK_ID))
                    .isEqualTo(sandbox.tasks().get(0).taskId());
            assertThat(message.getHeader(TASK_STATUS)).isEqualTo("COMPLETED");
            assertThat(message.getHeader(HAS_WATERMARK)).isEqualTo(true);
            assertThat(message.getHeader(VIDEO_DURATION)).isEqualTo(6.0);
            assertThat(message.getHeader(CREDITS_CHARGED, BigDecimal.class)).isEqualByComparingTo(TestClips.PRICE);
            assertThat(message.getHeaders())
                    .containsEntry(Exchange.FILE_NAME, "a.mp4")
                    .containsEntry("order", 7);
            assertThat(bookings(sandbox)).containsExactly(CHARGE);
            assertThat(sandbox.ledger().get(0).amount()).isEqualByComparingTo(TestClips.PRICE);
            assertThat(sandbox.requests().leaks()).isEmpty();
            assertThat(context.component().tasksInFlight()).isEmpty();
        }
    }

    @Test
    void aClipCostsByThePriceOfTheComponent(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(150));
                TestContext context = TestContext.at(sandbox)) {
            context.component().setCreditsPerSecond(0.5);
            context.options().setJournalDirectory(folder.toString());

            Exchange exchange = context.start("dewatermark:video").send(clip("a"));

            body(exchange);
            assertThat(exchange.getMessage().getHeader(CREDITS_CHARGED, BigDecimal.class))
                    .isEqualByComparingTo("3");
            assertThat(context.component().getCreditsCharged()).isEqualByComparingTo("3");
            assertThat(Files.readString(folder.resolve("ledger.csv"))).contains(",3,YES,");
        }
    }

    @Test
    void withoutWaitingTheMessageGoesOnWithTheTaskIdAndItsBody() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofHours(1));
                TestContext context = TestContext.at(sandbox)) {
            byte[] clip = clip("a");

            Exchange exchange =
                    context.start("dewatermark:video?waitForCompletion=false").send(clip);

            assertThat(exchange.getException()).isNull();
            Message message = exchange.getMessage();
            assertThat(message.getBody()).isSameAs(clip);
            assertThat(message.getHeader(TASK_ID))
                    .isEqualTo(sandbox.tasks().get(0).taskId());
            assertThat(message.getHeader(TASK_STATUS)).isEqualTo("PROCESSING");
            assertThat(message.getHeaders()).doesNotContainKey(HAS_WATERMARK);
            assertThat(sandbox.requests().count(Call.SUBMIT)).isOne();
            assertThat(sandbox.requests().count(Call.STATUS)).isZero();
            assertThat(sandbox.requests().count(Call.DOWNLOAD)).isZero();
        }
    }

    @Test
    void aTaskThatIsNotDoneInTimeIsNamedAndCanBeResumed() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(1_500));
                TestContext context = TestContext.at(sandbox)) {
            context.start("dewatermark:video?taskTimeout=300");

            Exchange late = context.send(clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));

            DewatermarkTaskException error = TestContext.failure(late, DewatermarkTaskException.class);
            String taskId = sandbox.tasks().get(0).taskId();
            assertThat(error).hasMessageContaining(taskId).hasMessageContaining("taskTimeout");
            assertThat(error.taskId()).isEqualTo(taskId);
            assertThat(error.billed()).isEqualTo(Billed.YES);
            assertThat(error.retryable()).isTrue();
            assertThat(late.getMessage().getHeader(TASK_ID)).isEqualTo(taskId);
            assertThat(late.getMessage().getBody()).isEqualTo(clip("a"));

            Exchange resumed = context.sendTo("dewatermark:video", null, Map.of(TASK_ID, taskId));

            assertThat(body(resumed)).isEqualTo(cleaned(clip("a")));
            assertThat(bookings(sandbox)).containsExactly(CHARGE);
        }
    }

    @Test
    void pollIntervalIsTheShortestTimeBetweenTwoLooks() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(900));
                TestContext context = TestContext.at(sandbox)) {
            context.start("dewatermark:video?pollInterval=250&maxPollInterval=250");

            body(context.send(clip("a")));

            List<LoggedRequest> looks = sandbox.requests().of(Call.STATUS);
            assertThat(looks).hasSizeBetween(2, 5);
            LoggedRequest before = sandbox.requests().of(Call.SUBMIT).get(0);
            for (LoggedRequest look : looks) {
                // 10 % of jitter, and what a slow answer adds to the one before
                assertThat(Duration.between(before.time(), look.time())).isGreaterThan(Duration.ofMillis(200));
                before = look;
            }
        }
    }

    @Test
    void maxPollIntervalIsTheLongestTimeBetweenTwoLooks() throws Exception {
        long bounded = looksWith("pollInterval=10&maxPollInterval=10");
        long adaptive = looksWith("pollInterval=10&maxPollInterval=1000");

        assertThat(bounded).isGreaterThan(adaptive * 5 / 4);
    }

    private static long looksWith(String options) throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(900));
                TestContext context = TestContext.at(sandbox)) {
            body(context.start("dewatermark:video?" + options).send(clip("a")));
            return sandbox.requests().count(Call.STATUS);
        }
    }

    @Test
    void aTaskThatIsWaitedForCanBeSeen() throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(500));
                TestContext context = TestContext.at(sandbox)) {
            context.start(routes -> routes.from("seda:in?pollTimeout=20")
                    .to("dewatermark:video")
                    .to("mock:out"));
            MockEndpoint out = context.mock("mock:out");
            out.expectedMessageCount(1);

            context.sendTo("seda:in", clip("a"), Map.of(Exchange.FILE_NAME, "a.mp4"));

            await().untilAsserted(() -> assertThat(context.component().tasksInFlight())
                    .singleElement()
                    .satisfies(task -> {
                        assertThat(task.name()).isEqualTo("a.mp4");
                        assertThat(task.taskId())
                                .isEqualTo(sandbox.tasks().get(0).taskId());
                        assertThat(task.progress()).isBetween(0.01, 1.0);
                    }));
            out.assertIsSatisfied();
            assertThat(context.component().tasksInFlight()).isEmpty();
        }
    }
}
