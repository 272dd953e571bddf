package io.github.cameldewatermark.runtime;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two accounts, two platforms, two contexts: nothing of one gets to the other. */
class SeveralComponentsTest {

    @AutoClose
    private final Sandbox one =
            Sandbox.builder().apiKey("key-of-one", 100).apiKey("key-too", 50).start();

    @AutoClose
    private final Sandbox other = Sandbox.builder().apiKey("key-of-other", 200).start();

    @AutoClose
    private final TestContext context = TestContext.at(one.baseUrl(), "key-of-one");

    private final DewatermarkComponent second = new DewatermarkComponent();

    @BeforeEach
    void setUp() throws Exception {
        second.getConfiguration().setBaseUrl(other.baseUrl());
        second.getConfiguration().setApiKey("key-of-other");
        context.camel().addComponent("second", second);
        context.start("dewatermark:credit");
    }

    @Test
    void twoComponentsCallTheirOwnPlatformWithTheirOwnKey() {
        assertThat(balance("dewatermark:credit")).isEqualTo("100");
        assertThat(balance("second:credit")).isEqualTo("200");
        assertThat(one.requests().count(Call.CREDIT)).isOne();
        assertThat(other.requests().count(Call.CREDIT)).isOne();
    }

    @Test
    void twoEndpointsOfAComponentCallWithTheirOwnKey() {
        assertThat(balance("dewatermark:credit?apiKey=key-too")).isEqualTo("50");
        assertThat(balance("dewatermark:credit")).isEqualTo("100");
        assertThat(balance("dewatermark:credit?apiKey=key-of-other&baseUrl=" + other.baseUrl()))
                .isEqualTo("200");
    }

    @Test
    void whatHoldsBackOneAccountDoesNotHoldBackAnother() {
        one.faults().on(Call.CREDIT).inject(Fault.status(429).retryAfter("60"));
        assertThat(context.sendTo("dewatermark:credit?maxThrottleWait=0", null, Map.of())
                        .getException())
                .isInstanceOf(DewatermarkRateLimitException.class);

        long start = System.nanoTime();
        assertThat(balance("second:credit")).isEqualTo("200");
        assertThat(balance("dewatermark:credit?apiKey=key-too")).isEqualTo("50");

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void whatHoldsBackAnAccountHoldsBackAllItsEndpoints() {
        one.faults().on(Call.CREDIT).inject(Fault.status(429).retryAfter("2"));
        context.sendTo("dewatermark:credit?maxThrottleWait=0", null, Map.of());

        long start = System.nanoTime();
        assertThat(context.sendTo("dewatermark:erase", jpeg(), Map.of()).getException())
                .isNull();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
    }

    @Test
    void stoppingAComponentLeavesTheOtherAtWork() throws Exception {
        assertThat(balance("second:credit")).isEqualTo("200");

        second.stop();

        assertThat(balance("dewatermark:credit")).isEqualTo("100");
        assertThat(context.sendTo("dewatermark:erase", jpeg(), Map.of()).getException())
                .isNull();
    }

    @Test
    void stoppingAContextLeavesTheOtherAtWork() throws Exception {
        TestContext another = TestContext.at(other.baseUrl(), "key-of-other");
        another.start("dewatermark:credit");
        assertThat(another.send(null).getMessage().getBody(CreditInfo.class).availableCredit())
                .isEqualByComparingTo("200");

        another.close();

        assertThat(balance("dewatermark:credit")).isEqualTo("100");
        assertThat(context.sendTo("dewatermark:erase", jpeg(), Map.of()).getException())
                .isNull();
    }

    private String balance(String uri) {
        Exchange exchange = context.sendTo(uri, null, Map.of());
        assertThat(exchange.getException()).isNull();
        return exchange.getMessage().getBody(CreditInfo.class).availableCredit().toPlainString();
    }
}
