package io.github.cameldewatermark.kamelet;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.util.Arrays;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.UseLatestAggregationStrategy;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Steps of this component in the Kamelets of others, and after them. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class OwnKameletsTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

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
        WIRE.answersWith(result);
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
}
