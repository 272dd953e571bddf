package io.github.cameldewatermark.operation.erase;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.github.cameldewatermark.DewatermarkConstants.PREDICT_MODE;
import static io.github.cameldewatermark.DewatermarkConstants.REMOVE_TEXT;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The options of an erase endpoint, and the headers that beat them, as they go over the wire. */
class EraseOptionsTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(jpeg());

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @Test
    void sendsThePictureAndTheDefaults() throws Exception {
        byte[] picture = jpeg(40, 30, 5);

        body(context.start("dewatermark:erase").send(picture));

        assertThat(WIRE.parts())
                .containsOnlyKeys("original_preview_image", "remove_text", "predict_mode")
                .containsEntry("original_preview_image", picture);
        assertThat(text("remove_text")).isEqualTo("false");
        assertThat(text("predict_mode")).isEqualTo("3.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void sendsRemoveText(String value) throws Exception {
        body(context.start("dewatermark:erase?removeText=" + value).send(jpeg()));

        assertThat(text("remove_text")).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"3.0, 3.0", "old, old", "2.0, old"})
    void sendsThePredictModeByItsNameOnTheWire(String option, String sent) throws Exception {
        body(context.start("dewatermark:erase?predictMode=" + option).send(jpeg()));

        assertThat(text("predict_mode")).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({"false, true, true", "true, false, false", "false, ' TRUE ', true"})
    void theHeaderBeatsTheOptionRemoveText(String option, String header, String sent) throws Exception {
        body(context.start("dewatermark:erase?removeText=" + option).send(jpeg(), Map.of(REMOVE_TEXT, header)));

        assertThat(text("remove_text")).isEqualTo(sent);
    }

    @Test
    void theHeaderRemoveTextMayBeABoolean() throws Exception {
        body(context.start("dewatermark:erase").send(jpeg(), Map.of(REMOVE_TEXT, true)));

        assertThat(text("remove_text")).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"3.0, 2.0, old", "3.0, old, old", "old, 3.0, 3.0"})
    void theHeaderBeatsTheOptionPredictMode(String option, String header, String sent) throws Exception {
        body(context.start("dewatermark:erase?predictMode=" + option).send(jpeg(), Map.of(PREDICT_MODE, header)));

        assertThat(text("predict_mode")).isEqualTo(sent);
    }

    @ParameterizedTest
    @CsvSource({REMOVE_TEXT + ", perhaps", PREDICT_MODE + ", 4.0", PREDICT_MODE + ", ''", PREDICT_MODE + ", a b"})
    void aBadHeaderIsRefusedBeforeAnythingIsSent(String header, String value) throws Exception {
        DewatermarkInputException error = TestContext.failure(
                context.start("dewatermark:erase").send(jpeg(), Map.of(header, value)),
                DewatermarkInputException.class);

        assertThat(error).hasMessageContaining(header);
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void sendsAMaskBrushFromAFileWithEveryPicture(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("my brush.png"), brush());
        context.start("dewatermark:erase?maskBrush=file:" + file.toString().replace(" ", "%20"));

        body(context.send(jpeg()));
        body(context.send(jpeg()));

        assertThat(WIRE.calls()).hasSize(2).allSatisfy(call -> assertThat(EraseStub.parts(call))
                .containsEntry("mask_brush", brush())
                .doesNotContainKey("mask_base"));
    }

    @Test
    void sendsAMaskBrushFromTheClasspath() throws Exception {
        context.start("dewatermark:erase?maskBrush=classpath:samples/images/brush/coffee.png");

        body(context.send(jpeg(1280, 853, 1)));

        assertThat(WIRE.parts()).containsEntry("mask_brush", TestPictures.resource("/samples/images/brush/coffee.png"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes", "file", "path"})
    void sendsAMaskBrushFromTheRegistry(String type, @TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("brush.png"), brush());
        Object bean =
                switch (type) {
                    case "bytes" -> brush();
                    case "file" -> file.toFile();
                    default -> file;
                };
        context.bind("stamp", bean).start("dewatermark:erase?maskBrush=ref:stamp");

        body(context.send(jpeg()));

        assertThat(WIRE.parts()).containsEntry("mask_brush", brush());
    }

    @Test
    void theOptionsOfTheComponentAreForAllEndpoints() throws Exception {
        context.options().setRemoveText(true);
        context.options().setPredictMode("2.0");

        body(context.start("dewatermark:erase").send(jpeg()));

        assertThat(text("remove_text")).isEqualTo("true");
        assertThat(text("predict_mode")).isEqualTo("old");
    }

    @Test
    void sendsTheKeyOfTheEndpoint() throws Exception {
        body(context.start("dewatermark:erase?apiKey=RAW(k+e%y)").send(jpeg()));

        assertThat(WIRE.calls()).singleElement().satisfies(call -> assertThat(call.getHeader("X-API-KEY"))
                .isEqualTo("k+e%y"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/"})
    void callsTheBaseUrlWithItsPath(String end) throws Exception {
        WIRE.stubFor(
                post("/proxy/dewatermark" + EraseStub.PATH).willReturn(EraseStub.json(EraseStub.answer(jpeg(), 1))));

        body(context.start("dewatermark:erase?baseUrl=" + WIRE.baseUrl() + "/proxy/dewatermark" + end)
                .send(jpeg()));
    }

    private String text(String part) {
        return new String(WIRE.parts().get(part), StandardCharsets.UTF_8);
    }
}
