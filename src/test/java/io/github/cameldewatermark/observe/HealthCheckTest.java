package io.github.cameldewatermark.observe;

import static io.github.cameldewatermark.observe.DewatermarkHealthCheck.AVAILABLE_CREDIT;
import static io.github.cameldewatermark.observe.DewatermarkHealthCheck.MINIMUM_CREDIT;
import static io.github.cameldewatermark.observe.DewatermarkHealthCheck.REASON;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The health check of a producer, as Camel's readiness probe asks it. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class HealthCheckTest {

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().credits(new BigDecimal("7.5")).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void isOffUnlessAllProducersAreChecked() throws Exception {
        context.component().setHealthCheckProducerEnabled(true);
        context.start("dewatermark:erase");

        assertThat(checked()).isEmpty();
    }

    @Test
    void isOnByThePropertyOfCamelMain() throws Exception {
        Main main = new Main();
        main.addOverrideProperty("camel.health.producersEnabled", "true");
        main.addOverrideProperty("camel.component.dewatermark.apiKey", sandbox.apiKey());
        main.addOverrideProperty("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase");
            }
        });
        try {
            main.start();

            assertThat(HealthCheckHelper.invokeReadiness(main.getCamelContext(), "full").stream()
                            .filter(HealthCheckTest::isOurs))
                    .singleElement()
                    .satisfies(result -> assertThat(result.getState()).isEqualTo(State.UP));
        } finally {
            main.stop();
        }
    }

    @Test
    void isOffByTheOptionOfTheComponent() throws Exception {
        HealthCheckHelper.getHealthCheckRepository(context.camel(), "producers").setEnabled(true);
        context.start("dewatermark:erase");

        assertThat(checked()).singleElement().satisfies(result -> {
            assertThat(result.getState()).isEqualTo(State.UNKNOWN);
            assertThat(result.getDetails()).containsEntry(HealthCheck.CHECK_ENABLED, false);
        });
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @Test
    void isUpWhenTheKeyIsAcceptedAndSaysWhatIsLeft() throws Exception {
        start("dewatermark:erase");

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.UP);
        assertThat(result.getDetails())
                .containsEntry(AVAILABLE_CREDIT, new BigDecimal("7.5"))
                .doesNotContainKey(MINIMUM_CREDIT);
        assertThat(result.getCheck().getId()).startsWith("producer:dewatermark-erase-");
    }

    @Test
    void looksTheBalanceUpOnceForManyProbesAndProducers() throws Exception {
        start("dewatermark:erase", "dewatermark:video?minimumCredit=5");

        for (int i = 0; i < 5; i++) {
            assertThat(checked()).hasSize(2).allSatisfy(result -> assertThat(result.getState())
                    .isEqualTo(State.UP));
        }
        body(context.sendTo("dewatermark:erase?minimumCredit=5", jpeg(), Map.of()));

        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void isDownWithAKeyThatIsNotAcceptedAndDoesNotTellIt() throws Exception {
        start("dewatermark:erase?apiKey=top-secret");

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("The API key isn't accepted: set the option apiKey to one that is.")
                .contains("401"));
        assertThat(result.getError()).containsInstanceOf(DewatermarkAuthenticationException.class);
        assertThat(result.getDetails())
                .as("for who shows no message, such as Spring Boot's actuator")
                .containsEntry(REASON, result.getMessage().orElseThrow());
        assertThat(result.getDetails()).containsEntry(HealthCheck.HTTP_RESPONSE_CODE, 401);
        assertThat(result.getDetails().toString()
                        + result.getMessage()
                        + result.getCheck().getMetaData())
                .contains("dewatermark://erase")
                .doesNotContain("top-secret");

        check();
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void isDownBelowTheMinimum() throws Exception {
        start("dewatermark:erase?minimumCredit=8");

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage())
                .contains(
                        "The account has 7.5 credits, and the option minimumCredit is 8: nothing is sent until credits are"
                                + " bought");
        assertThat(result.getDetails())
                .containsEntry(AVAILABLE_CREDIT, new BigDecimal("7.5"))
                .containsEntry(MINIMUM_CREDIT, new BigDecimal("8.0"));
    }

    @Test
    void seesWhatWasSpentSinceTheLook() throws Exception {
        start("dewatermark:erase?minimumCredit=7");
        assertThat(check().getState()).isEqualTo(State.UP);

        body(context.send(jpeg()));

        assertThat(check().getState()).isEqualTo(State.DOWN);
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void isDownWhileCallsAreHeldBackAndMakesNoneItself() throws Exception {
        start("dewatermark:erase?maxThrottleWait=0");
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("100"));
        context.send(jpeg());

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("The platform refuses calls for now (429 or 503): they are held back for another 100 s."));
        assertThat(sandbox.requests().count(Call.CREDIT)).isZero();
    }

    @Test
    void isDownWhenThePlatformIsAway() throws Exception {
        start("dewatermark:erase");
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(400));

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage()).hasValueSatisfying(message -> assertThat(message)
                .startsWith("The balance can't be looked up: Dewatermark credit was answered with HTTP 400"));
    }

    @Test
    void doesNotWaitForAPlatformThatIsSlow() throws Exception {
        start("dewatermark:erase");
        sandbox.faults().on(Call.CREDIT).inject(Fault.delay(Duration.ofSeconds(4)));

        HealthCheck.Result result = check();

        assertThat(result.getState()).isEqualTo(State.DOWN);
        assertThat(result.getMessage())
                .contains("It isn't known yet whether the key is accepted: the platform hasn't answered");
        await().until(() -> check().getState() == State.UP);
        assertThat(sandbox.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void doesNotWaitForPicturesEitherIfItsCallIsRepeated() throws Exception {
        context.component().setMaxConcurrentRequests(1);
        start("dewatermark:erase");
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(10)));
        context.sendAsync(jpeg());
        await().until(() -> context.component().getInflightExchanges() == 1);
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(500));

        await().atMost(Duration.ofSeconds(5)).until(() -> check().getState() == State.UP);

        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
        assertThat(context.component().getInflightExchanges()).isOne();
    }

    @Test
    void livenessDoesNotDependOnIt() throws Exception {
        start("dewatermark:erase?apiKey=wrong");

        assertThat(HealthCheckHelper.invokeLiveness(context.camel(), "full").stream()
                        .filter(HealthCheckTest::isOurs))
                .isEmpty();
    }

    @Test
    void goesWithItsProducer() throws Exception {
        start("dewatermark:erase");
        assertThat(checked()).hasSize(1);

        context.camel().getRouteController().stopAllRoutes();

        assertThat(checked()).isEmpty();
    }

    private void start(String... uris) throws Exception {
        context.start(uris);
        context.enableHealthChecks();
    }

    private HealthCheck.Result check() {
        List<HealthCheck.Result> all = checked();
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private List<HealthCheck.Result> checked() {
        return HealthCheckHelper.invokeReadiness(context.camel(), "full").stream()
                .filter(HealthCheckTest::isOurs)
                .toList();
    }

    private static boolean isOurs(HealthCheck.Result result) {
        return result.getCheck().getId().startsWith("producer:dewatermark");
    }
}
