package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The versions of the API, the PRO model, and what they cost. */
class EraseVersionsTest {

    private static final String V2 = "/api/object_removal/v2/erase_watermark";
    private static final String V3 = "/api/object_removal/v3/erase_watermark";
    private static final String PRO = "/api/object_removal/v1/erase_watermark_pro";

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().pictureEngine(new WhiteningPictures()).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void aVersionOfTheComponentIsThatOfItsEndpoints() throws Exception {
        context.options().setApiVersion("v3");
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase");
            routes.from("direct:old").to("dewatermark:erase?apiVersion=v2");
        });

        body(context.send(TestPictures.jpeg()));
        body(context.sendTo("direct:old", TestPictures.jpeg(), Map.of()));
        body(context.send(TestPictures.jpeg(), Map.of(DewatermarkConstants.PREDICT_MODE, "4.0")));

        assertThat(paths()).containsExactly(V3, V2, V3);
    }

    @Test
    void whatIsNotKnownIsPassedOnWithAWarning() throws Exception {
        try (LogLines log = LogLines.infosOf(EraseOperation.class)) {
            Exchange exchange = context.start("dewatermark:erase?apiVersion=v4").send(TestPictures.jpeg());

            assertThat(exchange.getException()).hasMessageContaining("404");
            assertThat(log.messages())
                    .containsExactly("apiVersion=v4 isn't known, only v2 and v3: it is passed on, and the platform may"
                            + " refuse it");
        }
    }

    @Test
    void theProModelCostsItsPrice(@TempDir Path folder) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.start("dewatermark:erase?pro=true");

        Exchange exchange = context.send(TestPictures.jpeg());

        body(exchange);
        assertThat(paths()).containsExactly(PRO);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class))
                .isEqualByComparingTo("3");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(DewatermarkConstants.MASK_BASE);
        assertThat(sandbox.balance()).isEqualByComparingTo("997");
        assertThat(context.component().getCreditsCharged()).isEqualByComparingTo("3");
        assertThat(Files.readString(folder.resolve("ledger.csv"))).contains(",3,YES,");
    }

    @Test
    void anAnswerOfAnotherModelIsAnotherOne(@TempDir Path folder) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.start(routes -> {
            routes.from("direct:in").to("dewatermark:erase");
            routes.from("direct:v3").to("dewatermark:erase?apiVersion=v3");
            routes.from("direct:pro").to("dewatermark:erase?pro=true");
        });

        for (String uri : List.of("direct:in", "direct:v3", "direct:pro", "direct:pro", "direct:v3", "direct:in")) {
            body(context.sendTo(uri, TestPictures.jpeg(), Map.of()));
        }

        assertThat(paths()).containsExactly(V2, V3, PRO);
    }

    @Test
    void theResultOfTheProModelCanBeRefined() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase?pro=true")
                .setHeader(DewatermarkConstants.MASK_BRUSH, routes.constant(TestPictures.brush(8)))
                .to("dewatermark:erase?apiVersion=v3"));

        Exchange exchange = context.send(TestPictures.jpeg(64, 48, 1));

        body(exchange);
        assertThat(paths()).containsExactly(PRO, V3);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.REFINEMENT))
                .isEqualTo(1);
        assertThat(sandbox.balance()).isEqualByComparingTo("996");
    }

    @ParameterizedTest
    @CsvSource({
        DewatermarkConstants.MASK_BRUSH + ", brush",
        DewatermarkConstants.MASK_REGION + ", top-left:9x9",
        DewatermarkConstants.REMOVE_TEXT + ", true",
        DewatermarkConstants.PREDICT_MODE + ", 3.0",
    })
    void whatTheProModelDoesNotTakeIsRefused(String header, String value) throws Exception {
        Object given = value.equals("brush") ? TestPictures.brush(8) : value;

        Exchange exchange =
                context.start("dewatermark:erase?pro=true").send(TestPictures.jpeg(64, 48, 1), Map.of(header, given));

        assertRefused(exchange, header);
    }

    @Test
    void theProModelDoesNotContinueASession() throws Exception {
        Exchange exchange =
                context.start("dewatermark:erase?pro=true").send(null, Map.of(DewatermarkConstants.SESSION_ID, "s"));

        assertRefused(exchange, "A session can't be continued with pro=true");
    }

    @Test
    void pricesAreThoseOfTheComponent() throws Exception {
        context.component().setCreditsPerPicture(1.5);
        context.component().setCreditsPerProPicture(4);
        context.options().setMinimumCredit(996);
        try (Sandbox dear = Sandbox.builder()
                .prices(new Prices(new BigDecimal("1.5"), new BigDecimal("4"), BigDecimal.ONE, BigDecimal.ONE))
                .pictureEngine(new WhiteningPictures())
                .start()) {
            context.options().setBaseUrl(dear.baseUrl());
            context.start(routes -> {
                routes.from("direct:in").to("dewatermark:erase");
                routes.from("direct:pro").to("dewatermark:erase?pro=true");
            });

            assertThat(charged(context.send(TestPictures.jpeg()))).isEqualByComparingTo("1.5");
            assertThat(charged(context.sendTo("direct:pro", TestPictures.jpeg(), Map.of())))
                    .isEqualByComparingTo("4");

            assertThat(context.component().getCreditsCharged()).isEqualByComparingTo("5.5");
            assertThat(dear.balance()).isEqualByComparingTo("994.5");
            // known without another look
            assertThat(context.send(TestPictures.jpeg()).getException())
                    .hasMessageContaining("the account has 994.5 credits");
            assertThat(dear.requests().count(Call.CREDIT)).isOne();
        }
    }

    private static BigDecimal charged(Exchange exchange) {
        return exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class);
    }

    private void assertRefused(Exchange exchange, String problem) {
        DewatermarkInputException failure = TestContext.failure(exchange, DewatermarkInputException.class);
        assertThat(failure)
                .hasMessageContaining(problem)
                .hasMessageEndingWith("Nothing was sent, nothing was charged.");
        assertThat(failure.billed()).isEqualTo(Billed.NO);
        assertThat(sandbox.requests().all()).isEmpty();
    }

    private List<String> paths() {
        return sandbox.requests().of(Call.ERASE).stream()
                .map(LoggedRequest::path)
                .toList();
    }
}
