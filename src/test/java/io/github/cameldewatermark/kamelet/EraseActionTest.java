package io.github.cameldewatermark.kamelet;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import org.apache.camel.Exchange;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The Kamelet dewatermark-erase-action in pipes. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class EraseActionTest {

    private static final String ACTION = "dewatermark-erase-action";

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(jpeg());

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    @Test
    void aPictureGoesFromFolderToFolder(@TempDir Path folder) throws Exception {
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), jpeg());
        try (Sandbox sandbox = Sandbox.builder().apiKey("kamelet-key", 10).start()) {
            NotifyBuilder done = whole();
            Pipe.through(
                            "clean",
                            "uri: file:" + folder + "/inbox",
                            ACTION,
                            Map.of("apiKey", sandbox.apiKey(), "baseUrl", sandbox.baseUrl()),
                            "uri: file:" + folder + "/outbox")
                    .addTo(context.camel());
            context.camel().start();

            assertThat(done.matches(30, TimeUnit.SECONDS)).isTrue();

            assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
            assertThat(sandbox.balance()).isEqualByComparingTo("9");
        }
    }

    @Test
    void thePipeOfTheReferenceCleansAPicture(@TempDir Path folder) throws Exception {
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), jpeg());
        context.options().setBaseUrl(WIRE.baseUrl());
        NotifyBuilder done = whole();
        PluginHelper.getRoutesLoader(context.camel())
                .loadRoutes(ResourceHelper.fromString("pipe.yaml", pipeOfTheReference(folder)));
        context.camel().start();

        assertThat(done.matches(30, TimeUnit.SECONDS)).isTrue();

        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
        assertThat(WIRE.parts()).containsKey("mask_brush");
        assertThat(WIRE.calls().get(0).getHeader("X-API-KEY")).isEqualTo("kamelet-key");
    }

    /** With folders of this test, and a key. */
    private static String pipeOfTheReference(Path folder) throws Exception {
        String reference = Files.readString(Path.of("src/main/docs/dewatermark-component.adoc"));
        String block = reference.substring(reference.indexOf("// tag::pipe[]"), reference.indexOf("// end::pipe[]"));
        return block.split("----\n")[1]
                .replaceAll("file:(inbox|outbox)", "file:" + Matcher.quoteReplacement(folder.toString()) + "/$1")
                .replace("{{env:DEWATERMARK_API_KEY}}", "kamelet-key");
    }

    @Test
    void aResultOutlivesTheExchangeOfTheKamelet() throws Exception {
        byte[] result = TestPictures.noise(400_000);
        WIRE.answersWith(result);
        add(Map.of("apiKey", "k", "baseUrl", WIRE.baseUrl()));
        MockEndpoint end = context.mock("mock:clean");
        end.expectedMessageCount(1);
        end.setRetainFirst(0);
        end.whenAnyExchangeReceived(exchange -> {
            exchange.setProperty(
                    "whole", Arrays.equals(result, exchange.getMessage().getBody(byte[].class)));
        });

        Exchange exchange = context.sendTo("direct:clean", jpeg(), Map.of());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getProperty("whole")).isEqualTo(true);
    }

    @Test
    void eachInstanceWorksWithItsOwnKey() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().apiKey("one", 10).apiKey("k+%2B&=?", 20).start()) {
            Pipe.through("one", ACTION, Map.of("apiKey", "one", "baseUrl", sandbox.baseUrl()))
                    .addTo(context.camel());
            Pipe.through("other", ACTION, Map.of("apiKey", "k+%2B&=?", "baseUrl", sandbox.baseUrl()))
                    .addTo(context.camel());
            context.camel().start();

            body(context.sendTo("direct:one", jpeg(), Map.of()));
            body(context.sendTo("direct:other", jpeg(), Map.of()));
            body(context.sendTo("direct:other", jpeg(), Map.of()));

            assertThat(sandbox.balance("one")).isEqualByComparingTo("9");
            assertThat(sandbox.balance("k+%2B&=?")).isEqualByComparingTo("18");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "removeText, true, remove_text, true",
        "removeText, false, remove_text, false",
        "predictMode, old, predict_mode, old",
        "predictMode, 3.0, predict_mode, 3.0",
    })
    void sendsItsProperties(String property, String value, String part, String sent) throws Exception {
        send(Map.of("apiKey", "k", "baseUrl", WIRE.baseUrl(), property, value));

        assertThat(text(part)).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({
        "apiVersion, v3, /api/object_removal/v3/erase_watermark",
        "pro, true, /api/object_removal/v1/erase_watermark_pro"
    })
    void takesAnotherModel(String property, String value, String path) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().apiKey("k", 10).start()) {
            send(Map.of("apiKey", sandbox.apiKey(), "baseUrl", sandbox.baseUrl(), property, value));

            assertThat(sandbox.requests().all()).extracting(LoggedRequest::path).containsExactly(path);
        }
    }

    @Test
    void marksItsMaskRegion() throws Exception {
        send(Map.of("apiKey", "k", "baseUrl", WIRE.baseUrl(), "maskRegion", "bottom-right:30%x12%;1,2,3,4"));

        assertThat(WIRE.parts()).containsKey("mask_brush");
    }

    @Test
    void sendsOnlyWhatIsSaidAndTheDefaults() throws Exception {
        send(Map.of("apiKey", "k", "baseUrl", WIRE.baseUrl()));

        assertThat(WIRE.parts()).containsOnlyKeys("original_preview_image", "remove_text", "predict_mode");
        assertThat(text("remove_text")).isEqualTo("false");
        assertThat(text("predict_mode")).isEqualTo("3.0");
        assertThat(WIRE.calls().get(0).getHeader("X-API-KEY")).isEqualTo("k");
    }

    @Test
    void takesItsPropertiesFromPlaceholdersAndFromTheConfigurationOfTheKamelet() throws Exception {
        context.property("secret", "kamelet-key-for-{{tenant}}").property("tenant", "one");
        context.property("camel.kamelet." + ACTION + ".baseUrl", WIRE.baseUrl());

        send(Map.of("apiKey", "{{secret}}"));

        assertThat(WIRE.calls().get(0).getHeader("X-API-KEY")).isEqualTo("kamelet-key-for-one");
    }

    @Test
    void sendsNothingBelowItsMinimumCredit() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().apiKey("kamelet-key", 10).start()) {
            add(Map.of("apiKey", sandbox.apiKey(), "baseUrl", sandbox.baseUrl(), "minimumCredit", "10.5"));

            failure(context.sendTo("direct:clean", jpeg(), Map.of()), DewatermarkCreditException.class);

            assertThat(sandbox.requests().count(Call.ERASE)).isZero();
        }
    }

    @Test
    void whatIsNotSetIsThatOfTheComponent() throws Exception {
        try (Sandbox sandbox = Sandbox.builder().apiKey("kamelet-key", 10).start()) {
            context.options().setApiKey(sandbox.apiKey());
            context.options().setBaseUrl(sandbox.baseUrl());
            context.options().setMinimumCredit(9.5);
            add(Map.of());

            body(context.sendTo("direct:clean", jpeg(), Map.of()));
            failure(context.sendTo("direct:clean", jpeg(), Map.of()), DewatermarkCreditException.class);

            assertThat(sandbox.balance()).isEqualByComparingTo("9");
        }
    }

    @Test
    void withoutAKeyThePipeDoesNotStartAndSaysWhatIsMissing() {
        assertThatThrownBy(() -> add(Map.of()))
                .hasStackTraceContaining("The option apiKey is missing: set it on the endpoint");
    }

    @Test
    void anUnknownPropertyDoesNotPass() {
        assertThatThrownBy(() -> add(Map.of("apiKey", "k", "predictMode", "9 0")))
                .hasStackTraceContaining("predictMode");
    }

    /** The exchange of the pipe: that of the Kamelet is another one, which is done before. */
    private NotifyBuilder whole() {
        return new NotifyBuilder(context.camel()).from("file:*").whenDone(1).create();
    }

    private void send(Map<String, String> properties) throws Exception {
        add(properties);
        Exchange exchange = context.sendTo("direct:clean", jpeg(), Map.of());
        body(exchange);
    }

    private void add(Map<String, String> properties) throws Exception {
        Pipe.through("clean", ACTION, properties).addTo(context.camel());
        context.camel().start();
    }

    private String text(String part) {
        return new String(WIRE.parts().get(part), StandardCharsets.UTF_8);
    }
}
