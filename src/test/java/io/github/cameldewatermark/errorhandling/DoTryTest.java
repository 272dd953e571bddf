package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One step has rules of its own. */
@Timeout(60)
class DoTryTest {

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
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkException.class).maximumRedeliveries(2).redeliveryDelay(0);
                // tag::do-try[]
                from("direct:clean")
                        .doTry()
                        .to("dewatermark:erase")
                        .doCatch(DewatermarkException.class)
                        .onWhen(simple("${exception.billed} == 'UNKNOWN'")) // of all catches so far
                        .to("file:{{folder}}/unclear")
                        .stop()
                        .doCatch(DewatermarkInputException.class)
                        .setHeader("note", simple("sent on as it is: ${exception.message}"))
                        .end()
                        .to("file:{{folder}}/outbox");
                // end::do-try[]
            }
        });
    }

    private Exchange send(byte[] body) {
        return context.sendTo("direct:clean", body, Map.of(Exchange.FILE_NAME, "a.jpg"));
    }

    @Test
    void whatIsCleanGoesOn() {
        Exchange exchange = send(jpeg());

        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("unclear")).doesNotExist();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void whatIsCaughtGoesOnAsItWas() {
        byte[] text = {1, 2, 3};

        Exchange exchange = send(text);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader("note", String.class)).contains("a.jpg");
        assertThat(folder.resolve("outbox/a.jpg")).hasBinaryContent(text);
    }

    @Test
    void whatIsStoppedDoesNot() {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());

        Exchange exchange = send(jpeg());

        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("unclear/a.jpg")).hasBinaryContent(jpeg());
        assertThat(folder.resolve("outbox")).doesNotExist();
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
    }

    @Test
    void whatNobodyCatchesFailsAndIsNotTriedAgain() {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(503).retryAfter("0"));

        TestContext.failure(send(jpeg()), DewatermarkServerException.class);

        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        assertThat(folder.resolve("outbox")).doesNotExist();
    }
}
