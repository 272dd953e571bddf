package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is free is tried again, later and later; the rest is a dead letter. */
@Timeout(60)
class RedeliveryTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() throws Exception {
        context.property("folder", folder);
        context.options().setMaxThrottleWait(0);
        context.component().setMaxConcurrentRequests(1);
        Files.createDirectories(folder.resolve("inbox"));
    }

    private void start() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::redelivery[]
                errorHandler(deadLetterChannel("file:{{folder}}/failed").useOriginalMessage());

                onException(DewatermarkException.class)
                        .onWhen(simple("${exception.retryable}"))
                        .maximumRedeliveries(5)
                        .redeliveryDelay(1000)
                        .useExponentialBackOff()
                        .backOffMultiplier(2)
                        .asyncDelayedRedelivery();

                from("file:{{folder}}/inbox?move=.done").to("dewatermark:erase").to("file:{{folder}}/outbox");
                // end::redelivery[]
                from("direct:next").to("dewatermark:erase", "mock:next");
            }
        });
    }

    @Test
    void whatIsFreeIsTriedAgainAndDoesNotHoldUpTheOthers() throws Exception {
        MockEndpoint next = context.mock("mock:next");
        next.expectedMessageCount(1);
        sandbox.faults().on(Call.ERASE).times(2).inject(Fault.status(503).retryAfter("0"));
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), jpeg());
        start();
        await().until(() -> sandbox.requests().count(Call.ERASE) == 2);

        // for 2 s the picture waits, and doesn't need the only worker for that
        TestContext.body(context.sendTo("direct:next", jpeg(), Map.of()));

        assertThat(folder.resolve("outbox/photo.jpg")).doesNotExist();
        await().until(() -> Files.exists(folder.resolve("inbox/.done/photo.jpg")));
        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(sandbox.ledger()).hasSize(2);
        next.assertIsSatisfied();
    }

    @Test
    void whatMayBeBilledIsADeadLetterAtOnce() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), jpeg());

        start();

        await().until(() -> Files.exists(folder.resolve("inbox/.done/photo.jpg")));
        assertThat(folder.resolve("failed/photo.jpg")).hasBinaryContent(jpeg());
        assertThat(folder.resolve("outbox")).doesNotExist();
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
    }

    @Test
    void whatIsPaidForIsKeptCleanAndOnlyTheRestIsADeadLetter() throws Exception {
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                // tag::dead-letter-result[]
                onException(Exception.class)
                        .onWhen(header("CamelDewatermarkCreditsCharged").isNotNull())
                        .handled(true)
                        .to("file:{{folder}}/failed/clean"); // paid for: whoever delivers it needn't pay again

                errorHandler(deadLetterChannel("file:{{folder}}/failed").useOriginalMessage());
                // end::dead-letter-result[]
                from("direct:in").to("dewatermark:erase").throwException(new IllegalStateException("no room"));
            }
        });
        sandbox.faults().on(Call.ERASE).after(1).inject(Fault.status(400));

        context.send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg"));
        context.send(jpeg(), Map.of(Exchange.FILE_NAME, "b.jpg"));

        assertThat(folder.resolve("failed/a.jpg")).doesNotExist();
        assertThat(folder.resolve("failed/b.jpg")).hasBinaryContent(jpeg());
        assertThat(folder.resolve("failed/clean/a.jpg")).isNotEmptyFile();
        assertThat(Files.readAllBytes(folder.resolve("failed/clean/a.jpg"))).isNotEqualTo(jpeg());
        assertThat(sandbox.ledger()).hasSize(1);
    }
}
