package io.github.cameldewatermark;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.throttle.PriceWatch;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** The component notices that the platform's prices aren't those of its options. */
class PriceWarningTest {

    private static final Map<String, Object> NAME = Map.of("CamelFileName", "a.mp4");

    @AutoClose
    private final LogLines log = LogLines.infosOf(PriceWatch.class);

    @Test
    void wrongPricesOfClipsAreToldAtTheSecondLook() throws Exception {
        Prices today = new Prices(BigDecimal.ONE, new BigDecimal("3"), new BigDecimal("0.5"), BigDecimal.ONE);
        try (Sandbox sandbox = sandbox(today);
                TestContext context = start(sandbox)) {
            twoClipsAndALook(context);
            twoClipsAndALook(context);
            assertThat(log.messages())
                    .singleElement()
                    .asString()
                    .startsWith(
                            "clips: 4 of 40 s, counted as 8 credits; the account has lost 20: is creditsPerSecond 0.5?");
            twoClipsAndALook(context);
            assertThat(log.messages()).hasSize(1);
        }
    }

    @Test
    void rightPricesAreNotDoubted() throws Exception {
        try (Sandbox sandbox = sandbox(Prices.OF_THE_DOCUMENT);
                TestContext context = start(sandbox)) {
            twoClipsAndALook(context);
            body(context.sendTo("direct:picture", TestPictures.jpeg(), Map.of()));
            twoClipsAndALook(context);

            assertThat(log.messages()).isEmpty();
        }
    }

    @Test
    void othersWhoUseTheAccountAreThoughtOf() throws Exception {
        try (Sandbox sandbox = sandbox(Prices.OF_THE_DOCUMENT);
                TestContext context = start(sandbox)) {
            twoClipsAndALook(context);
            sandbox.grant(-7);
            twoClipsAndALook(context);
            sandbox.grant(-30);
            twoClipsAndALook(context);

            assertThat(log.messages()).allSatisfy(line -> assertThat(line).contains("others"));
        }
    }

    private static Sandbox sandbox(Prices prices) {
        return Sandbox.builder()
                .prices(prices)
                .taskDuration(Duration.ofMillis(50))
                .clipEngine(TestClips.copying(10))
                .start();
    }

    private static TestContext start(Sandbox sandbox) throws Exception {
        TestContext context = TestContext.at(sandbox);
        context.options().setPollInterval(50);
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:video");
            routes.from("direct:picture").to("dewatermark:erase");
            routes.from("direct:look").to("dewatermark:credit");
        });
        context.sendTo("direct:look", null, Map.of());
        return context;
    }

    private static void twoClipsAndALook(TestContext context) {
        for (int i = 0; i < 2; i++) {
            body(context.send(TestClips.mp4(10, i), NAME));
        }
        context.sendTo("direct:look", null, Map.of());
    }
}
