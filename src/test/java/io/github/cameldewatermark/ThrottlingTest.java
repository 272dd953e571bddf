package io.github.cameldewatermark;

import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refused for now (429, 503) isn't refused for good: it is waited out, for as long as maxThrottleWait says. */
class ThrottlingTest {

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void isWaitedOutForAsLongAsTheServerAsks(int status) throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(status).retryAfter("1"));

        TestContext.body(context.start("dewatermark:erase").send(jpeg()));

        List<LoggedRequest> calls = sandbox.requests().of(Call.ERASE);
        assertThat(calls).hasSize(2);
        assertThat(Duration.between(calls.get(0).time(), calls.get(1).time()))
                .isBetween(Duration.ofMillis(950), Duration.ofSeconds(5));
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void retryAfterMayBeADate() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(2));
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(429).retryAfter(date));

        assertThat(context.start("dewatermark:credit").send(null).getException())
                .isNull();

        List<LoggedRequest> calls = sandbox.requests().of(Call.CREDIT);
        assertThat(calls).hasSize(2);
        assertThat(Duration.between(calls.get(0).time(), calls.get(1).time())).isGreaterThan(Duration.ofMillis(500));
    }

    @Test
    void isAnExceptionAtOnceIfThereIsNoTimeToWait() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("30"));

        DewatermarkRateLimitException error = failure(
                context.start("dewatermark:erase?maxThrottleWait=0").send(jpeg()), DewatermarkRateLimitException.class);

        assertThat(error.retryAfter()).contains(Duration.ofSeconds(30));
        assertThat(error).hasMessageContaining("retry after 30 s");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(error.retryable()).isTrue();
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
    }

    @Test
    void isAnExceptionAtOnceIfTheServerAsksForMoreThanThereIs() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(503).retryAfter("3600"));

        DewatermarkServerException error = failure(
                context.start("dewatermark:erase?maxThrottleWait=5s").send(jpeg()), DewatermarkServerException.class);

        assertThat(error.status()).isEqualTo(503);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(sandbox.requests().count(Call.ERASE)).isOne();
    }

    @Test
    void anEndpointHasAPatienceOfItsOwn() throws Exception {
        context.options().setMaxThrottleWait(0);
        sandbox.faults().on(Call.CREDIT).inject(Fault.status(429).retryAfter("1"));

        assertThat(context.start("dewatermark:credit?maxThrottleWait=10s")
                        .send(null)
                        .getException())
                .isNull();
        assertThat(sandbox.requests().count(Call.CREDIT)).isEqualTo(2);
    }
}
