package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.support.PropertyBindingSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A mistake in an option doesn't wait for the first file: the route doesn't start, and the message names the option. */
class EndpointUriTest {

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    @Test
    void refusesAnUnknownOperationAndNamesTheKnownOnes() {
        assertThatThrownBy(() -> context.start("dewatermark:wash?apiKey=k"))
                .hasRootCauseMessage("Unknown operation 'wash': a dewatermark endpoint is one of"
                        + " dewatermark:erase, dewatermark:video, dewatermark:pdf, dewatermark:credit");
    }

    @Test
    void refusesAnUnknownOption() {
        assertThatThrownBy(() -> context.start("dewatermark:erase?apiKey=k&removeTxt=true"))
                .hasStackTraceContaining("removeTxt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dewatermark:erase", "dewatermark:video", "dewatermark:pdf", "dewatermark:credit"})
    void doesNotStartWithoutAnApiKey(String uri) {
        assertThatThrownBy(() -> context.start(uri))
                .hasStackTraceContaining("The option apiKey is missing")
                .hasStackTraceContaining("the environment variable DEWATERMARK_API_KEY");
    }

    @Test
    void doesNotStartWithABlankApiKey() {
        context.options().setApiKey("  ");

        assertThatThrownBy(() -> context.start("dewatermark:erase"))
                .hasStackTraceContaining("The option apiKey is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "erase, predictMode, predictMode=4.0",
        "erase, predictMode, pro=true&predictMode=3.0",
        "erase, removeText, pro=true&removeText=true",
        "erase, maskRegion, pro=true&maskRegion=top:10%x10%",
        "erase, maskBrush, pro=true&maskBrush=classpath:brush.png",
        "erase, apiVersion, apiVersion=4",
        "erase, apiVersion, apiVersion=../x",
        "erase, predictMode, predictMode=",
        "erase, maskRegion, maskRegion=bottom-rigth:30%x12%",
        "erase, maskRegion, 'maskRegion=1,2,3'",
        "erase, maskRegion, maskRegion=",
        "erase, maskRegion, 'maskRegion=1,2,3,4&maskBrush=classpath:samples/images/brush/coffee.png'",
        "erase, maskBrush, 'maskRegion=1,2,3,4&maskBrush=classpath:samples/images/brush/coffee.png'",
        "erase, minimumCredit, minimumCredit=-0.1",
        "video, minimumCredit, minimumCredit=NaN",
        "video, minimumCredit, minimumCredit=Infinity",
        "video, pollInterval, pollInterval=0",
        "video, pollInterval, pollInterval=-1",
        "video, taskTimeout, taskTimeout=0",
        "video, maxPollInterval, pollInterval=2s&maxPollInterval=1s",
        "credit, connectTimeout, connectTimeout=0",
        "credit, responseTimeout, responseTimeout=0",
        "credit, maxThrottleWait, maxThrottleWait=-1",
        "credit, baseUrl, baseUrl=platform.dewatermark.ai",
        "credit, baseUrl, baseUrl=ftp://platform.dewatermark.ai",
        "credit, baseUrl, baseUrl=https://",
        "credit, baseUrl, baseUrl=RAW(https://two words)",
        "credit, baseUrl, baseUrl=RAW(https://platform.dewatermark.ai/#top)",
        "credit, baseUrl, baseUrl=https://user@platform.dewatermark.ai",
    })
    void doesNotStartWithABadOptionAndNamesIt(String operation, String option, String query) {
        assertThatThrownBy(() -> context.start("dewatermark:" + operation + "?apiKey=k&" + query))
                .satisfies(error -> assertThat(rootCause(error).getMessage()).contains(option));
    }

    @Test
    void doesNotStartWithAMaskBrushThatIsMissing() {
        assertThatThrownBy(() -> context.start("dewatermark:erase?apiKey=k&maskBrush=classpath:no-brush.png"))
                .hasStackTraceContaining("The brush of the option maskBrush can't be read: ")
                .hasStackTraceContaining("no-brush.png");
    }

    @Test
    void doesNotStartWithAMaskBrushThatIsNoPicture(@TempDir Path folder) throws Exception {
        Path text = Files.writeString(folder.resolve("brush.png"), "not a picture", StandardCharsets.UTF_8);

        assertThatThrownBy(() -> context.start("dewatermark:erase?apiKey=k&maskBrush=file:" + text))
                .hasStackTraceContaining("maskBrush")
                .hasStackTraceContaining("brush.png) is a text");
    }

    @Test
    void doesNotStartWithAMaskBrushThatMarksNothing(@TempDir Path folder) throws Exception {
        Path black = Files.write(folder.resolve("black.png"), TestPictures.brush(0));

        assertThatThrownBy(() -> context.start("dewatermark:erase?apiKey=k&maskBrush=file:" + black))
                .hasStackTraceContaining("black.png) marks nothing");
    }

    @Test
    void doesNotStartWithAMaskBrushThatIsNotInTheRegistry() {
        assertThatThrownBy(() -> context.start("dewatermark:erase?apiKey=k&maskBrush=ref:brush"))
                .hasStackTraceContaining("option maskBrush can't be read: there is no bean for ref:brush");
    }

    @ParameterizedTest
    @CsvSource({"creditsPerPicture, -1", "creditsPerProPicture, NaN", "creditsPerSecond, -0.2", "creditsPerTenPages, -1"
    })
    void theComponentDoesNotStartWithAPriceThatIsNone(String option, String price) {
        context.options().setApiKey("k");
        PropertyBindingSupport.build()
                .withCamelContext(context.camel())
                .withTarget(context.component())
                .withProperty(option, price)
                .bind();

        assertThatThrownBy(() -> context.start("dewatermark:erase"))
                .hasStackTraceContaining(
                        "The option " + option + " must be a number of credits, at least 0, not " + price);
    }

    @Test
    void theComponentDoesNotStartWithoutACallAtOnce() {
        context.options().setApiKey("k");
        context.component().setMaxConcurrentRequests(0);

        assertThatThrownBy(() -> context.start("dewatermark:erase"))
                .hasStackTraceContaining("The option maxConcurrentRequests must be at least 1");
    }

    @Test
    void hasNoConsumer() {
        context.options().setApiKey("k");

        assertThatThrownBy(() -> context.start(
                        routes -> routes.from("dewatermark:credit").to("mock:out")))
                .hasStackTraceContaining("A dewatermark endpoint has no consumer");
    }

    @Test
    void anEndpointOptionBeatsTheOneOfTheComponent() {
        context.options().setApiKey("of-component");
        context.options().setRemoveText(true);
        context.options().setTaskTimeout(5);

        DewatermarkConfiguration options = configuration("dewatermark:erase?apiKey=of-endpoint&taskTimeout=7");

        assertThat(options.getApiKey()).isEqualTo("of-endpoint");
        assertThat(options.getTaskTimeout()).isEqualTo(7);
        assertThat(options.isRemoveText()).isTrue();
    }

    @Test
    void theOptionsOfTwoEndpointsAndTheComponentAreIndependent() {
        context.options().setApiKey("of-component");

        DewatermarkConfiguration one = configuration("dewatermark:erase?predictMode=old");
        DewatermarkConfiguration other = configuration("dewatermark:erase?apiKey=other");
        one.setApiKey("changed");
        one.setRemoveText(true);

        assertThat(other.getApiKey()).isEqualTo("other");
        assertThat(other.getPredictMode()).isNull();
        assertThat(other.isRemoveText()).isFalse();
        assertThat(context.options().getApiKey()).isEqualTo("of-component");
        assertThat(context.options().getPredictMode()).isNull();
        assertThat(context.options().isRemoveText()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"2s, 2000", "1m30s, 90000", "500, 500", "250ms, 250"})
    void takesDurationsAsTextOrMilliseconds(String text, long millis) {
        DewatermarkConfiguration options = configuration("dewatermark:video?apiKey=k&pollInterval=" + text
                + "&maxPollInterval=" + text + "&taskTimeout=" + text + "&maxThrottleWait=" + text + "&connectTimeout="
                + text + "&responseTimeout=" + text);

        assertThat(new long[] {
                    options.getPollInterval(),
                    options.getMaxPollInterval(),
                    options.getTaskTimeout(),
                    options.getMaxThrottleWait(),
                    options.getConnectTimeout(),
                    options.getResponseTimeout()
                })
                .containsOnly(millis);
    }

    @Test
    void theDefaultsAreThoseOfTheDocument() {
        try (TestContext fresh = TestContext.unconfigured()) {
            DewatermarkConfiguration options = new DewatermarkConfiguration();

            assertThat(options.getBaseUrl()).isEqualTo("https://platform.dewatermark.ai");
            assertThat(options.getPredictMode()).isNull();
            assertThat(options.isRemoveText()).isFalse();
            assertThat(options.getMinimumCredit()).isZero();
            assertThat(options.isWaitForCompletion()).isTrue();
            assertThat(options.getPollInterval()).isEqualTo(2_000);
            assertThat(options.getMaxPollInterval()).isEqualTo(30_000);
            assertThat(options.getTaskTimeout()).isEqualTo(3_600_000);
            assertThat(options.getMaxThrottleWait()).isEqualTo(60_000);
            assertThat(options.getConnectTimeout()).isEqualTo(10_000);
            assertThat(options.getResponseTimeout()).isEqualTo(300_000);
            assertThat(fresh.component().getMaxConcurrentRequests()).isEqualTo(16);
            assertThat(fresh.component().getSignedUrlHosts()).isEqualTo("storage.googleapis.com");
        }
    }

    private DewatermarkConfiguration configuration(String uri) {
        return context.camel().getEndpoint(uri, DewatermarkEndpoint.class).getConfiguration();
    }

    private static Throwable rootCause(Throwable error) {
        return error.getCause() == null ? error : rootCause(error.getCause());
    }
}
