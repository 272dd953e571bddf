package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestClips.clip;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The option minimumCredit: what is sent depends on what is left. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class MinimumCreditTest {

    @AutoClose
    private Sandbox sandbox;

    @AutoClose
    private TestContext context;

    private void account(String credits) {
        sandbox = TestClips.sandbox(Duration.ofMillis(100), new BigDecimal(credits));
        context = TestContext.at(sandbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"erase", "video"})
    void withFewerCreditsNothingIsSent(String operation) throws Exception {
        account("4.8");
        Object body = operation.equals("erase") ? jpeg() : clip("a");

        Exchange exchange = context.start("dewatermark:" + operation + "?minimumCredit=5")
                .send(body, Map.of(Exchange.FILE_NAME, "holiday"));

        DewatermarkCreditException error = failure(exchange, DewatermarkCreditException.class);
        assertThat(error)
                .hasMessage("holiday was not sent, so nothing was charged: the account has 4.8 credits, and the option"
                        + " minimumCredit is 5");
        assertThat(error.availableCredit()).isEqualByComparingTo("4.8");
        assertThat(error.minimumCredit()).isEqualByComparingTo("5");
        assertThat(error.operation()).isEqualTo(operation);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isFalse();
        assertThat(calls()).containsOnly(Call.CREDIT);
        assertThat(context.component().getCalls()).isOne();
        assertThat(exchange.getMessage().getBody()).isSameAs(body);
    }

    @ParameterizedTest
    @CsvSource({"5, 5", "4.8, 4.8", "0.2, 0.2", "1000, 1"})
    void withAsManyItIsSent(String credits, String minimum) throws Exception {
        account(credits);
        if (credits.equals("0.2")) {
            // it lets through what the platform then refuses
            failure(erase(minimum), DewatermarkCreditException.class);
        } else {
            body(erase(minimum));
        }

        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dewatermark:erase", "dewatermark:erase?minimumCredit=0"})
    void withoutAMinimumTheBalanceIsNotLookedAt(String uri) throws Exception {
        account("1");

        body(context.start(uri).send(jpeg()));

        assertThat(calls()).containsExactly(Call.ERASE);
    }

    @Test
    void theMinimumOfTheComponentIsForAllEndpointsAndAnEndpointMayHaveItsOwn() throws Exception {
        account("10");
        context.options().setMinimumCredit(11);
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase");
            routes.from("direct:own").to("dewatermark:erase?minimumCredit=9.5");
        });

        failure(context.send(jpeg()), DewatermarkCreditException.class);
        body(context.sendTo("direct:own", jpeg(), Map.of()));
        failure(context.sendTo("direct:own", jpeg(), Map.of()), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void ofManyAtOnceOnlyAsManyAreSentAsThereAreCreditsFor() throws Exception {
        account("8");
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.delay(Duration.ofMillis(300)));
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(300)));
        context.start("dewatermark:erase?minimumCredit=5");

        List<CompletableFuture<Exchange>> all =
                IntStream.range(0, 16).mapToObj(i -> context.sendAsync(jpeg())).toList();

        assertThat(all.stream().map(CompletableFuture::join).filter(Exchange::isFailed))
                .hasSize(12)
                .allSatisfy(exchange -> failure(exchange, DewatermarkCreditException.class));
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(4);
        assertThat(sandbox.balance()).isEqualByComparingTo("4");
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void whatEndpointsWithoutAMinimumSpendCountsToo() throws Exception {
        account("6");
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase?minimumCredit=5");
            routes.from("direct:free").to("dewatermark:erase");
        });

        body(context.send(jpeg()));
        body(context.sendTo("direct:free", jpeg(), Map.of()));

        failure(context.send(jpeg()), DewatermarkCreditException.class);
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void whatWasRefusedIsNotTakenForSpent() throws Exception {
        account("5");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        context.start("dewatermark:erase?minimumCredit=5");

        failure(context.send(jpeg()), DewatermarkRequestException.class);
        body(context.send(jpeg()));
        failure(context.send(jpeg()), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void whatMayHaveBeenChargedIsTakenForSpent() throws Exception {
        account("5");
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        context.start("dewatermark:erase?minimumCredit=5");

        failure(context.send(jpeg()), DewatermarkTransportException.class);
        failure(context.send(jpeg()), DewatermarkCreditException.class);
    }

    @Test
    void whatAClipCostsCountsFromItsSubmitOn() throws Exception {
        account("6.2"); // and a clip costs 1.2
        context.start("dewatermark:video?minimumCredit=5&waitForCompletion=false");

        assertThat(context.send(clip("a")).getException()).isNull();
        assertThat(context.send(clip("b")).getException()).isNull();
        failure(context.send(clip("c")), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(2);
    }

    /** The submit arrives, but neither its answer nor a status. */
    @Test
    void whatAClipMayHaveCostIsLookedUpBeforeTheNextCall() throws Exception {
        account("6.1"); // and a clip costs 1.2
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetAfter());
        sandbox.faults().on(Call.STATUS).inject(Fault.status(500));
        context.start("dewatermark:video?minimumCredit=5&waitForCompletion=false");

        assertThat(failure(context.send(clip("a")), DewatermarkTaskException.class)
                        .billed())
                .isEqualTo(Billed.UNKNOWN);
        failure(context.send(clip("b")), DewatermarkCreditException.class);

        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isOne();
    }

    @Test
    void aClipThatDoesNotSayHowLongItIsIsLookedUpToo() throws Exception {
        account("20");
        sandbox.faults()
                .on(Call.SUBMIT)
                .inject(Fault.status(200).body("application/json", "{\"status\": \"processing\"}"));
        context.start("dewatermark:video?minimumCredit=5&waitForCompletion=false");

        assertThat(context.send(clip("a")).getException()).isNull();
        assertThat(context.send(clip("b")).getException()).isNull();

        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
    }

    @Test
    void aTaskThatIsPaidIsResumedWithoutALookAtTheBalance() throws Exception {
        account("5");
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:video?waitForCompletion=false");
            routes.from("direct:resume").to("dewatermark:video?minimumCredit=5");
        });
        Object taskId = context.send(clip("a")).getMessage().getHeader(TASK_ID);

        body(context.sendTo("direct:resume", null, Map.of(TASK_ID, taskId)));

        assertThat(sandbox.requests().count(Call.CREDIT)).isZero();
    }

    @Test
    void aTaskThatIsResumedBeforeItIsPaidIsNotSubmitted() throws Exception {
        account("4");
        String taskId;
        try (DewatermarkClient client = DewatermarkClient.builder()
                .baseUrl(sandbox.baseUrl())
                .apiKey(sandbox.apiKey())
                .build()) {
            Task created = client.video().create();
            client.video().upload(created.uploadUrl(), Content.of("clip", clip("a")));
            taskId = created.taskId();
        }

        Exchange exchange = context.start("dewatermark:video?minimumCredit=5").send(null, Map.of(TASK_ID, taskId));

        assertThat(failure(exchange, DewatermarkCreditException.class)).hasMessageContaining(taskId);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isZero();
    }

    @Test
    void whenTheBalanceCannotBeLookedUpNothingIsSentAndTheNextOneLooksAnew() throws Exception {
        account("100");
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(401));
        context.start("dewatermark:erase?minimumCredit=5");

        DewatermarkAuthenticationException error =
                failure(context.send(jpeg()), DewatermarkAuthenticationException.class);
        assertThat(error.operation()).isEqualTo("credit");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();

        body(context.send(jpeg()));
        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
    }

    @Test
    void aLookIsHeldBackByRateLimitsLikeAnyCall() throws Exception {
        account("100");
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(429).retryAfter("1"));

        body(erase("5"));

        assertThat(calls()).containsExactly(Call.CREDIT, Call.CREDIT, Call.ERASE);
    }

    @Test
    void butNoLongerThanTheEndpointIsPatient() throws Exception {
        account("100");
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(429).retryAfter("600"));

        DewatermarkRateLimitException error =
                failure(erase("5&maxThrottleWait=0"), DewatermarkRateLimitException.class);

        assertThat(error.retryable()).isTrue();
        assertThat(calls()).containsExactly(Call.CREDIT);
    }

    @Test
    void whenARouteSeesThatCreditsAreBackItIsKnownAtOnce() throws Exception {
        account("100");
        sandbox.faults()
                .on(Call.CREDIT)
                .inject(Fault.status(200).body("application/json", "{\"data\": {\"available_credit\": 3}}"));
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase?minimumCredit=5");
            routes.from("direct:credit").to("dewatermark:credit");
        });
        failure(context.send(jpeg()), DewatermarkCreditException.class);

        context.sendTo("direct:credit", null, Map.of());

        body(context.send(jpeg()));
        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
    }

    private Exchange erase(String minimum) throws Exception {
        return context.start("dewatermark:erase?minimumCredit=" + minimum).send(jpeg());
    }

    private List<Call> calls() {
        return sandbox.requests().all().stream().map(LoggedRequest::call).toList();
    }
}
