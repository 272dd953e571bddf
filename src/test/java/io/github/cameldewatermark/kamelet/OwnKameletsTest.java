package io.github.cameldewatermark.kamelet;

import static io.github.cameldewatermark.TestPictures.jpeg;
import static io.github.cameldewatermark.operation.TestClips.clip;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.operation.TestClips;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Steps of this component in the Kamelets of others, and after them. */
@Timeout(60)
class OwnKameletsTest {

    @RegisterExtension
    static final WireMockExtension WIRE = EraseStub.server();

    private final TestContext context = TestContext.unconfigured();

    @AfterEach
    void tearDown() {
        context.close();
    }

    @Test
    void aRouteThatBeginsWithASourceIsDoneAtItsEnd(@TempDir Path journal) throws Exception {
        try (Sandbox sandbox = TestClips.sandbox(Duration.ofMillis(50))) {
            context.options().setApiKey(sandbox.apiKey());
            context.options().setBaseUrl(sandbox.baseUrl());
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    routeTemplate("clips-source").from("direct:clips").to("kamelet:sink");
                    from("kamelet:clips-source").to("dewatermark:video?journalDirectory=" + journal);
                }
            });

            context.camel()
                    .createProducerTemplate()
                    .send("direct:clips", ExchangePattern.InOnly, exchange -> exchange.getMessage()
                            .setBody(clip("a")));

            assertThat(sandbox.ledger()).hasSize(1);
            Awaitility.await().atMost(10, TimeUnit.SECONDS).until(() -> records(journal) == 0);
        }
    }

    @Test
    void whoAsksASourceGetsAResultThatIsWhole() throws Exception {
        assertWhole(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("pictures-source").from("direct:in").to("kamelet:sink", "mock:end");
                from("kamelet:pictures-source").setBody(simple("${body[0]}")).to("dewatermark:erase");
            }
        });
    }

    @Test
    void aPartOfASplitInAKameletIsThereForWhoHasTheKamelet() throws Exception {
        assertWhole(new RouteBuilder() {
            @Override
            public void configure() {
                routeTemplate("parts-action")
                        .from("kamelet:source")
                        .split(body(), new UseLatestAggregationStrategy())
                        .to("dewatermark:erase");
                from("direct:in").to("kamelet:parts-action", "mock:end");
            }
        });
    }

    private void assertWhole(RouteBuilder routes) throws Exception {
        byte[] result = TestPictures.noise(400_000); // more than what becomes an array at once
        EraseStub.on(WIRE).answersWith(result);
        context.options().setApiKey("k");
        context.options().setBaseUrl(WIRE.baseUrl());
        MockEndpoint end = context.mock("mock:end");
        end.setRetainFirst(0);
        end.whenAnyExchangeReceived(exchange -> exchange.setProperty(
                "whole", Arrays.equals(result, exchange.getMessage().getBody(byte[].class))));

        context.start(routes);

        Exchange exchange = context.camel()
                .createProducerTemplate()
                .request("direct:in", request -> request.getMessage().setBody(List.of(jpeg())));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("whole")).isEqualTo(true);
    }

    private static long records(Path journal) throws IOException {
        try (Stream<Path> files = Files.list(journal)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .count();
        }
    }
}
