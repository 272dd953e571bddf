package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.CHARGE;
import static io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind.REFUND;
import static io.github.cameldewatermark.testkit.TestClips.bookings;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever fails on the way of a clip: it is charged once, and a redelivery goes on from where it is. */
@ExtendWith(NoSecretsLogged.class)
class VideoFailureTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    private void startWithRedelivery() throws Exception {
        context.startWithRedelivery(DewatermarkException.class, 2, "dewatermark:video");
    }

    private void assertCleanedForOneCharge(Exchange exchange, int uploads, int submits) {
        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE);
        assertThat(sandbox.requests().count(Call.CREATE_UPLOAD)).isEqualTo(uploads);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(submits);
        assertThat(sandbox.faults().isUsedUp()).isTrue();
    }

    @Test
    void aRedeliveryAfterAFailedDownloadFetchesTheSameTask() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(500));
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        startWithRedelivery();

        assertCleanedForOneCharge(context.send(clip("a")), 1, 1);
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(3);
    }

    @Test
    void aFailedDownloadSaysThatTheTaskIsPaidAndLeavesItsIdOnTheMessage() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.status(404));

        Exchange exchange = context.start("dewatermark:video").send(clip("a"), Map.of("order", 7));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        String taskId = sandbox.tasks().get(0).taskId();
        assertThat(error).hasMessageContaining(taskId).hasMessageContaining("completed and paid");
        assertThat(error.billed()).isEqualTo(Billed.YES);
        assertThat(error.retryable()).isTrue();
        assertThat(exchange.getMessage().getHeaders()).containsOnly(Map.entry("order", 7), Map.entry(TASK_ID, taskId));
        assertThat(exchange.getMessage().getBody()).isEqualTo(clip("a"));
    }

    @Test
    void aRedeliveryAfterAFailedLookGoesOnLooking() throws Exception {
        sandbox.faults().on(Call.STATUS).inject(Fault.status(401));
        startWithRedelivery();

        assertCleanedForOneCharge(context.send(clip("a")), 1, 1);
    }

    @Test
    void aLookThatFailsSaysNothingAboutTheTask() throws Exception {
        sandbox.faults().on(Call.STATUS).inject(Fault.status(500));
        sandbox.faults().on(Call.STATUS).inject(Fault.resetBefore());
        sandbox.faults().on(Call.STATUS).inject(Fault.garbled(Fault.Garbling.NOT_JSON));
        context.start("dewatermark:video");

        assertCleanedForOneCharge(context.send(clip("a")), 1, 1);
    }

    @Test
    void aRedeliveryAfterAFailedUploadStartsAnewAsNothingIsPaid() throws Exception {
        sandbox.faults().on(Call.UPLOAD).inject(Fault.status(403)); // as for a URL that has expired
        startWithRedelivery();

        assertCleanedForOneCharge(context.send(clip("a")), 2, 1);
    }

    @Test
    void aSubmitThatIsResetAfterItArrivedIsNotSentAgain() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetAfter());
        context.start("dewatermark:video");

        assertCleanedForOneCharge(context.send(clip("a")), 1, 1);
    }

    @Test
    void aSubmitThatIsResetBeforeItArrivedIsSentAgain() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetBefore());
        context.start("dewatermark:video");

        assertCleanedForOneCharge(context.send(clip("a")), 1, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRedeliveryAfterASubmitWithoutAnyAnswerSubmitsAtMostOnce(boolean arrived) throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(arrived ? Fault.resetAfter() : Fault.resetBefore());
        sandbox.faults().on(Call.STATUS).inject(Fault.resetBefore());
        startWithRedelivery();

        assertCleanedForOneCharge(context.send(clip("a")), 1, arrived ? 1 : 2);
    }

    @Test
    void aFailedTaskIsRefundedAndARedeliveryIsANewOne() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        startWithRedelivery();

        Exchange exchange = context.send(clip("a"));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(bookings(sandbox)).containsExactly(CHARGE, REFUND, CHARGE);
        assertThat(sandbox.tasks()).hasSize(2);
        assertThat(exchange.getMessage().getHeader(TASK_ID))
                .isEqualTo(sandbox.tasks().get(1).taskId());
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void aFailedTaskIsAnExceptionThatSaysItIsNotBilled() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());

        Exchange exchange = context.start("dewatermark:video").send(clip("a"));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        assertThat(error.taskId()).isEqualTo(sandbox.tasks().get(0).taskId());
        assertThat(error).hasMessageContaining("failed").hasMessageContaining("refunded");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(exchange.getMessage().getHeader(TASK_ID)).isEqualTo(error.taskId());
    }

    @Test
    void aTaskThatWasResumedByItsIdAndFailedIsNotResumedOnceMore() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start("dewatermark:video?waitForCompletion=false");
        String failing = context.send(clip("a")).getMessage().getHeader(TASK_ID, String.class);
        context.camel().addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkTaskException.class)
                        .maximumRedeliveries(1)
                        .redeliveryDelay(20);
                from("direct:resume").to("dewatermark:video");
            }
        });

        Exchange exchange = context.sendTo("direct:resume", clip("a"), Map.of(TASK_ID, failing));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(sandbox.tasks()).hasSize(2);
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void anEmptyBalanceIsToldBySubmitAndCostsNothing() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(403));

        Exchange exchange = context.start("dewatermark:video").send(clip("a"));

        DewatermarkException error = failure(exchange, DewatermarkAuthenticationException.class);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.ledger()).isEmpty();
        assertThat(exchange.getMessage().getHeader(TASK_ID))
                .isEqualTo(sandbox.tasks().get(0).taskId());
    }
}
