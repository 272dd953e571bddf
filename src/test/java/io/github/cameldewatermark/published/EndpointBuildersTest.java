package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.builder.DewatermarkEndpointBuilderFactory.AdvancedDewatermarkEndpointBuilder;
import io.github.cameldewatermark.builder.DewatermarkEndpointBuilderFactory.DewatermarkBuilders;
import io.github.cameldewatermark.builder.DewatermarkEndpointBuilderFactory.DewatermarkEndpointBuilder;
import io.github.cameldewatermark.builder.StaticEndpointBuilders;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.builder.endpoint.EndpointRouteBuilder;
import org.junit.jupiter.api.Test;

/** Routes in Java with builders in place of URIs. */
class EndpointBuildersTest {

    /** With Camel's own builders and ours. */
    static final class Routes extends EndpointRouteBuilder implements DewatermarkBuilders {

        @Override
        public void configure() {
            from(direct("in"))
                    .to(dewatermark("erase").predictMode("old").maskRegion("bottom-right:30%x12%"))
                    .setHeader(dewatermark().dewatermarkRemoveText(), constant(true))
                    .to(dewatermark("other", "erase").advanced().responseTimeout(20_000));
        }
    }

    @Test
    void aRouteOfBuildersCleansPictures() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start();
                TestContext context = TestContext.at(sandbox)) {
            DewatermarkComponent other = new DewatermarkComponent();
            other.setConfiguration(context.options());
            context.camel().addComponent("other", other);
            context.start(new Routes());

            TestContext.body(context.send(TestPictures.jpeg()));

            assertThat(sandbox.balance()).isEqualByComparingTo("8");
            assertThat(context.camel().getEndpoints())
                    .extracting(endpoint -> endpoint.getEndpointKey())
                    .anySatisfy(
                            uri -> assertThat(uri).startsWith("other://erase").contains("responseTimeout=20000"))
                    .anySatisfy(uri -> assertThat(uri)
                            .startsWith("dewatermark://erase")
                            .contains("predictMode=old", "maskRegion="));
        }
    }

    @Test
    void thereIsOneWithoutInheritanceToo() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                TestContext context = TestContext.unconfigured()) {
            context.start("direct:unused");

            String key = StaticEndpointBuilders.dewatermark("credit")
                    .apiKey(sandbox.apiKey())
                    .baseUrl(sandbox.baseUrl())
                    .resolve(context.camel())
                    .getEndpointUri();

            assertThat(context.sendTo(key, null, Map.of()).getException()).isNull();
        }
    }

    @Test
    void everyOptionHasItsMethod() throws Exception {
        JsonNode options = new ObjectMapper()
                .readTree(Path.of("src/generated/resources/META-INF/io/github/cameldewatermark/dewatermark.json")
                        .toFile())
                .path("properties");
        Set<String> methods = Stream.of(DewatermarkEndpointBuilder.class, AdvancedDewatermarkEndpointBuilder.class)
                .flatMap(builder -> Stream.of(builder.getDeclaredMethods()))
                .map(Method::getName)
                .collect(Collectors.toSet());

        options.properties().stream()
                .filter(option -> option.getValue().path("kind").asText().equals("parameter"))
                .forEach(option -> assertThat(methods).contains(option.getKey()));
    }
}
