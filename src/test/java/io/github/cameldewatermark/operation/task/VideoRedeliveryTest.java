package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestClips.cleaned;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An exchange knows which task belongs to which of its clips. */
@Timeout(60)
class VideoRedeliveryTest {

    @AutoClose
    private final Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(200));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void aRedeliveryThatCannotLookAtThePaidTaskSaysSo() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(404));
        sandbox.faults().on(Call.STATUS).after(1).always().inject(Fault.status(401));
        context.options().setPollInterval(1000);
        context.options().setMaxPollInterval(1000);
        context.startWithRedelivery(DewatermarkTaskException.class, 1, "dewatermark:video");

        Exchange exchange = context.send(clip("a"));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        assertThat(error.billed()).isEqualTo(Billed.YES);
        assertThat(error.retryable()).isFalse();
        assertThat(error.taskId()).isEqualTo(sandbox.tasks().get(0).taskId());
        assertThat(exchange.getMessage().getHeader(TASK_ID)).isEqualTo(error.taskId());
    }

    @Test
    void aRedeliveryOfTheWholeSubRouteFetchesTheClipAgainAndDoesNotPayAgain() throws Exception {
        AtomicInteger deliveries = new AtomicInteger();
        context.start(routes -> {
            routes.onException(IllegalStateException.class)
                    .maximumRedeliveries(2)
                    .redeliveryDelay(20);
            routes.from("direct:in").to("direct:clean");
            routes.from("direct:clean")
                    .errorHandler(routes.noErrorHandler())
                    .to("dewatermark:video")
                    .process(e -> {
                        if (deliveries.incrementAndGet() == 1) {
                            throw new IllegalStateException("the outbox is full");
                        }
                    });
        });

        Exchange exchange = context.send(clip("a"));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(deliveries).hasValue(2);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(2);
    }

    @Test
    void anotherClipInTheSameExchangeDoesNotGetTheTaskThatTheFirstOneGaveUp() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.status(404));
        context.start(routes -> routes.from("direct:in")
                .doTry()
                .to("dewatermark:video")
                .doCatch(DewatermarkTaskException.class)
                .end()
                .process(e -> e.getMessage().setBody(clip("b")))
                .to("dewatermark:video"));

        Exchange exchange = context.send(clip("a"));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("b")));
        assertThat(sandbox.tasks()).hasSize(2);
    }

    @Test
    void aTaskThatFailedBeforeItWasWaitedForIsAFailureToo() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        context.start("dewatermark:video?waitForCompletion=false");
        String taskId = context.send(clip("a")).getMessage().getHeader(TASK_ID, String.class);
        org.awaitility.Awaitility.await()
                .until(() -> sandbox.task(taskId).status().name().equals("FAILED"));

        Exchange exchange = context.send(null, Map.of(TASK_ID, taskId));

        DewatermarkTaskException error = failure(exchange, DewatermarkTaskException.class);
        assertThat(error.billed()).isEqualTo(Billed.NO);
    }

    @Test
    void aHiccupOfTheDownloadIsNoMatterOfTheRoute() throws Exception {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());

        Exchange exchange = context.start("dewatermark:video").send(clip("a"));

        assertThat(body(exchange)).isEqualTo(cleaned(clip("a")));
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(2);
    }
}
