package io.github.cameldewatermark.errorhandling;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a route can decide by the exceptions: by class, by what they say about the money, by the status. */
class ErrorsInRoutesTest {

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder().credits(1).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @ParameterizedTest
    @CsvSource({
        "400, DewatermarkRequestException, NO, false",
        "401, DewatermarkAuthenticationException, NO, false",
        "403, DewatermarkAuthenticationException, NO, false",
        "404, DewatermarkRequestException, NO, false",
        "405, DewatermarkRequestException, NO, false",
        "406, DewatermarkRequestException, NO, false",
        "410, DewatermarkRequestException, NO, false",
        "418, DewatermarkRequestException, NO, false",
        "429, DewatermarkRateLimitException, NO, true",
        "500, DewatermarkServerException, UNKNOWN, false",
        "502, DewatermarkServerException, UNKNOWN, false",
        "503, DewatermarkServerException, UNKNOWN, false",
    })
    void aStatusIsAClassAndSaysWhatHappenedToTheMoney(int status, String type, Billed billed, boolean retryable)
            throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(status).body("text/html", "<b>so what</b>"));

        Exchange exchange =
                context.start("dewatermark:erase?maxThrottleWait=0").send(jpeg(), Map.of(Exchange.FILE_NAME, "a.jpg"));

        DewatermarkServiceException error = failure(exchange, DewatermarkServiceException.class);
        assertThat(error.getClass().getSimpleName()).isEqualTo(type);
        assertThat(error.billed()).isEqualTo(billed);
        assertThat(error.retryable()).isEqualTo(retryable);
        assertThat(error.operation()).isEqualTo("erase");
        assertThat(error).hasMessageContaining("HTTP " + status).hasMessageContaining("so what");
        assertThat(((HttpResponseAware) error).getHttpResponseCode()).isEqualTo(status);
    }

    @Test
    void onExceptionChoosesByTheNearestClass() throws Exception {
        context.start(routes -> {
            routes.onException(DewatermarkException.class).handled(true).setBody(routes.constant("any"));
            routes.onException(DewatermarkInputException.class).handled(true).setBody(routes.constant("input"));
            routes.onException(DewatermarkServiceException.class).handled(true).setBody(routes.constant("service"));
            routes.onException(DewatermarkRequestException.class).handled(true).setBody(routes.constant("request"));
            routes.from("direct:in").to("dewatermark:erase");
        });

        assertThat(context.send("a String").getMessage().getBody()).isEqualTo("input");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(418));
        assertThat(context.send(jpeg()).getMessage().getBody()).isEqualTo("request");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(500));
        assertThat(context.send(jpeg()).getMessage().getBody()).isEqualTo("service");
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        assertThat(context.send(jpeg()).getMessage().getBody()).isEqualTo("any");
    }

    @Test
    void simpleReadsTheExceptionByItsProperties() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(500));
        context.start(routes -> {
            routes.onException(DewatermarkException.class)
                    .handled(true)
                    .setBody(routes.simple("${exception.operation} ${exception.billed} ${exception.retryable}"
                            + " ${exception.httpResponseCode}"));
            routes.from("direct:in").to("dewatermark:erase");
        });

        assertThat(context.send(jpeg()).getMessage().getBody()).isEqualTo("erase UNKNOWN false 500");
    }

    @ParameterizedTest
    @CsvSource({"500, 1", "503, 1", "429, 3"})
    void aRouteRepeatsOnlyWhatIsFree(int status, int calls) throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(status));
        context.start(routes -> {
            routes.onException(DewatermarkException.class)
                    .onWhen(routes.simple("${exception.retryable}"))
                    .maximumRedeliveries(2)
                    .redeliveryDelay(0);
            routes.from("direct:in").to("dewatermark:erase?maxThrottleWait=0");
        });

        assertThat(context.send(jpeg()).getException()).isInstanceOf(DewatermarkException.class);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(calls);
    }

    @Test
    void aRedeliveryCanSucceedAndSendsTheSamePicture() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetBefore());
        context.start(routes -> {
            routes.onException(DewatermarkTransportException.class)
                    .maximumRedeliveries(1)
                    .redeliveryDelay(0);
            routes.from("direct:in").to("dewatermark:erase");
        });

        assertThat(body(context.send(new ByteArrayInputStream(jpeg())))).isNotEmpty();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void doTryCatchesAndTheMessageIsAsItWas() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        MockEndpoint caught = context.mock("mock:caught");
        caught.expectedBodiesReceived((Object) jpeg());
        MockEndpoint cleaned = context.mock("mock:cleaned");
        cleaned.expectedMessageCount(0);
        MockEndpoint end = context.mock("mock:end");
        end.expectedMessageCount(1);
        context.start(routes -> routes.from("direct:in")
                .doTry()
                .to("dewatermark:erase")
                .to("mock:cleaned")
                .doCatch(DewatermarkRequestException.class)
                .to("mock:caught")
                .end()
                .to("mock:end"));

        assertThat(context.send(jpeg()).getException()).isNull();

        MockEndpoint.assertIsSatisfied(caught, cleaned, end);
    }

    @Test
    void aDeadLetterGetsTheOriginalPicture() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Fault.Garbling.ENDS_EARLY));
        MockEndpoint dead = context.mock("mock:dead");
        dead.expectedBodiesReceived((Object) jpeg());
        context.start(routes -> {
            routes.errorHandler(
                    routes.deadLetterChannel("mock:dead").useOriginalMessage().logStackTrace(false));
            routes.from("direct:in").to("dewatermark:erase");
        });

        context.send(jpeg());

        dead.assertIsSatisfied();
    }

    @Test
    void anEmptyBalanceIsAFailureOfItsOwnAndNotBilled() throws Exception {
        context.start("dewatermark:erase");
        body(context.send(jpeg()));

        DewatermarkCreditException error = failure(context.send(jpeg()), DewatermarkCreditException.class);

        assertThat(error).hasMessageContaining("HTTP 403").hasMessageContaining("Not enough credits");
        assertThat(error.availableCredit()).isNull();
        assertThat(error.minimumCredit()).isNull();
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aWrongKeyIsRefusedAndNotShown() throws Exception {
        context.options().setApiKey("wr0ng-key");
        sandbox.faults()
                .on(Call.CREDIT)
                .after(1)
                .inject(Fault.status(401)
                        .body("text/plain", "the key wr0ng-key is unknown, see http://x/?k=wr0ng-key"));
        context.start("dewatermark:credit");

        DewatermarkAuthenticationException first =
                failure(context.send(null), DewatermarkAuthenticationException.class);
        DewatermarkAuthenticationException second =
                failure(context.send(null), DewatermarkAuthenticationException.class);

        assertThat(first.status()).isEqualTo(401);
        assertThat(second).hasMessageContaining("is unknown").hasMessageNotContaining("wr0ng-key");
        assertThat(second.excerpt()).doesNotContain("wr0ng-key");
    }
}
