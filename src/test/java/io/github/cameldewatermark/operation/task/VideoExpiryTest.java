package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.PAY_AGAIN;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signed URLs end, that of the upload after minutes, that of the result two days after the task was done. */
@Timeout(60)
class VideoExpiryTest {

    /** Its time stands still in the past unless a test lets it pass. */
    private final TestClock clock = new TestClock();

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ZERO, clock);

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() throws Exception {
        context.start("dewatermark:video?waitForCompletion=false");
    }

    @Test
    void anUploadUrlThatHasExpiredIsReplacedByThatOfANewTask() {
        sandbox.faults().on(Call.UPLOAD).inject(Fault.status(400));

        Exchange exchange = context.sendTo("dewatermark:video", clip("a"), Map.of());

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isEqualTo(2);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void anUploadThatIsRefusedTwiceIsAnErrorThatCostNothing() {
        sandbox.faults().on(Call.UPLOAD).always().inject(Fault.status(403));

        Exchange exchange = context.sendTo("dewatermark:video", clip("a"), Map.of());

        assertThat(failure(exchange, DewatermarkException.class).billed()).isEqualTo(Billed.NO);
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isEqualTo(2);
        assertThat(bookings(sandbox)).isEmpty();
    }

    @Test
    void aResultThatIsGoneAfterTwoDaysIsNotPaidForAgainByItself() {
        String taskId = submit();
        clock.pass(Duration.ofDays(2).plusSeconds(1));

        for (int i = 0; i < 3; i++) {
            Exchange late = context.sendTo("dewatermark:video", clip("a"), Map.of(TASK_ID, taskId));
            assertThat(failure(late, DewatermarkTaskException.class))
                    .hasMessageContaining("is gone")
                    .hasMessageContaining("header " + PAY_AGAIN)
                    .returns(taskId, DewatermarkTaskException::taskId)
                    .returns(Billed.YES, DewatermarkException::billed)
                    .returns(false, DewatermarkException::retryable);
        }
        assertThat(bookings(sandbox)).containsExactly(CHARGE);

        Exchange again = context.sendTo("dewatermark:video", clip("a"), Map.of(TASK_ID, taskId, PAY_AGAIN, true));
        assertThat(body(again)).isEqualTo(cleaned(clip("a")));
        assertThat(again.getMessage().getHeaders()).doesNotContainKey(PAY_AGAIN);
        assertThat(again.getMessage().getHeader(TASK_ID)).isNotEqualTo(taskId);
        assertThat(bookings(sandbox)).containsExactly(CHARGE, CHARGE);
    }

    @Test
    void aResultThatIsGoneIsAnErrorWhenThereIsNoClip() {
        String taskId = submit();
        clock.pass(Duration.ofDays(2).plusSeconds(1));

        Exchange late = context.sendTo("dewatermark:video", null, Map.of(TASK_ID, taskId));

        DewatermarkTaskException error = failure(late, DewatermarkTaskException.class);
        assertThat(error.taskId()).isEqualTo(taskId);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    @Test
    void aResultThatIsRefusedBeforeTwoDaysAreOverIsNotPaidForAgain() {
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(403));
        clock.pass(Duration.between(clock.instant(), Instant.now()));

        Exchange exchange = context.sendTo("dewatermark:video", clip("a"), Map.of());

        assertThat(failure(exchange, DewatermarkTaskException.class).billed()).isEqualTo(Billed.YES);
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
    }

    /** A task that is done. */
    private String submit() {
        String taskId = context.send(clip("a")).getMessage().getHeader(TASK_ID, String.class);
        await().until(() -> sandbox.tasks().get(0).status() == TaskStatus.COMPLETED);
        return taskId;
    }
}
