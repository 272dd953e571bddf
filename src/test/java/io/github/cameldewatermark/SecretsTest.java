package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import java.util.stream.Stream;
import org.apache.camel.Endpoint;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.console.DevConsole.MediaType;
import org.apache.camel.console.DevConsoleRegistry;
import org.apache.camel.util.URISupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API key isn't in what Camel logs, shows and manages. */
@ExtendWith(NoSecretsLogged.class)
class SecretsTest {

    private static final String SECRET = "s3cr3t-Key+of/the==account";

    @AutoClose
    private final TestContext context = TestContext.at("http://localhost:9").managed();

    @ParameterizedTest
    @ValueSource(strings = {"apiKey=s3cr3t", "removeText=true&apiKey=s3cr3t&predictMode=old", "apiKey=RAW(s3cr3t)"})
    void theKeyOfAnEndpointIsMaskedWhereverItsUriIsShown(String query) {
        Endpoint endpoint = context.camel().getEndpoint("dewatermark:erase?" + query);

        assertThat(Stream.of(
                        endpoint.toString(),
                        URISupport.sanitizeUri(endpoint.getEndpointUri()),
                        URISupport.sanitizeUri(endpoint.getEndpointKey()),
                        endpoint.getEndpointBaseUri()))
                .noneMatch(text -> text.contains("s3cr3t"));
        assertThat(((DewatermarkEndpoint) endpoint).getServiceUrl()).isEqualTo("http://localhost:9");
    }

    @Test
    void theKeyOfTheComponentIsNotInAnyUri() throws Exception {
        context.options().setApiKey(SECRET);
        context.start("dewatermark:erase", "dewatermark:video", "dewatermark:credit");

        assertThat(context.camel().getEndpoints())
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(endpoint -> assertThat(endpoint.getEndpointUri() + endpoint.getEndpointKey() + endpoint)
                        .doesNotContain(SECRET));
        assertThat(context.component().toString()).doesNotContain(SECRET);
        assertThat(context.options().toString()).doesNotContain(SECRET);
    }

    @Test
    void theKeyIsInNoDevConsole() throws Exception {
        context.options().setApiKey(SECRET);
        context.camel().setDevConsole(true);
        context.bind("otherKey", "s3cr3t-too");
        context.start("dewatermark:erase", "dewatermark:credit?apiKey=#bean:otherKey");
        assertThat(context.camel().getEndpoint("dewatermark:credit?apiKey=#bean:otherKey", DewatermarkEndpoint.class))
                .extracting(endpoint -> endpoint.getConfiguration().getApiKey())
                .isEqualTo("s3cr3t-too");
        DevConsoleRegistry registry =
                context.camel().getCamelContextExtension().getContextPlugin(DevConsoleRegistry.class);
        registry.loadDevConsoles(true);

        assertThat(registry.stream().toList()).hasSizeGreaterThan(20).allSatisfy(console -> {
            for (MediaType type : MediaType.values()) {
                assertThat(String.valueOf(console.call(type)))
                        .as(console.getId())
                        .doesNotContain("s3cr3t");
            }
        });
    }

    @Test
    void noHttpEndpointThatCamelManagesIsMadeForTheCalls() throws Exception {
        context.start("dewatermark:erase");

        assertThat(context.camel().getEndpoints()).noneMatch(HttpEndpoint.class::isInstance);
    }

    @Test
    void aKeyThatCanNotBeAHeaderIsRefusedWithoutBeingShown() {
        context.options().setApiKey("two words\nand a line");

        assertThatThrownBy(() -> context.start("dewatermark:credit"))
                .hasStackTraceContaining("apiKey")
                .satisfies(error -> assertThat(Stream.iterate(error, e -> e != null, Throwable::getCause))
                        .noneMatch(e -> String.valueOf(e.getMessage()).contains("two words")));
    }
}
