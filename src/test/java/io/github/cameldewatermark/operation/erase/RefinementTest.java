package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BASE;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.REFINEMENT;
import static io.github.cameldewatermark.DewatermarkConstants.SESSION_ID;
import static io.github.cameldewatermark.testkit.EraseStub.mask;
import static io.github.cameldewatermark.testkit.EraseStub.parts;
import static io.github.cameldewatermark.testkit.PictureSamples.written;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A second and third erase in a route are refinements, by the protocol of the API: picture first, session later. */
class RefinementTest {

    private static final byte[] FIRST = jpeg(64, 48, 11);
    private static final byte[] SECOND = jpeg(64, 48, 12);
    private static final byte[] THIRD = jpeg(64, 48, 13);
    private static final byte[] FOURTH = jpeg(64, 48, 14);

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(FIRST, SECOND, THIRD, FOURTH);

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @ParameterizedTest
    @ValueSource(strings = {"direct:%s", "seda:%s?pollTimeout=20"})
    void sendsThePictureThenItsResultThenTheSession(String between) throws Exception {
        context.start(route(between));
        MockEndpoint out = context.mock("mock:out");
        out.expectedMessageCount(1);

        context.send(jpeg());

        out.assertIsSatisfied();
        assertThat(WIRE.calls()).hasSize(4);
        assertThat(parts(WIRE.calls().get(0)))
                .containsOnlyKeys("original_preview_image", "remove_text", "predict_mode")
                .containsEntry("original_preview_image", jpeg());
        assertThat(parts(WIRE.calls().get(1)))
                .containsOnlyKeys("original_preview_image", "mask_base", "mask_brush", "remove_text", "predict_mode")
                .containsEntry("original_preview_image", FIRST)
                .containsEntry("mask_base", mask(1))
                .containsEntry("mask_brush", brush(10));
        assertThat(parts(WIRE.calls().get(2)))
                .containsOnlyKeys("session_id", "mask_base", "mask_brush", "remove_text", "predict_mode")
                .containsEntry("session_id", utf8("session-2"))
                .containsEntry("mask_base", mask(2))
                .containsEntry("mask_brush", brush(20));
        assertThat(parts(WIRE.calls().get(3)))
                .containsOnlyKeys("session_id", "mask_base", "mask_brush", "remove_text", "predict_mode")
                .containsEntry("session_id", utf8("session-3"))
                .containsEntry("mask_base", mask(3))
                .containsEntry("mask_brush", brush(30));
        Exchange end = out.getExchanges().get(0);
        assertThat(end.getMessage().getBody(byte[].class)).isEqualTo(FOURTH);
        assertThat(end.getMessage().getHeader(REFINEMENT)).isEqualTo(3);
        assertThat(end.getMessage().getHeader(SESSION_ID)).isEqualTo("session-4");
    }

    private static RouteBuilder route(String between) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").to(between.formatted("second"));
                from(between.formatted("second"))
                        .setHeader(MASK_BRUSH, constant(brush(10)))
                        .to("dewatermark:erase")
                        .to(between.formatted("third"));
                from(between.formatted("third"))
                        .setHeader(MASK_BRUSH, constant(brush(20)))
                        .to("dewatermark:erase")
                        .to(between.formatted("fourth"));
                from(between.formatted("fourth"))
                        .setHeader(MASK_BRUSH, constant(brush(30)))
                        .to("dewatermark:erase")
                        .to("mock:out");
            }
        };
    }

    @Test
    void theOptionMaskBrushRefinesOnTheSecondCall() throws Exception {
        context.bind("stamp", brush())
                .start("dewatermark:erase?maskBrush=ref:stamp", "dewatermark:erase?maskBrush=ref:stamp");

        assertThat(body(context.send(jpeg()))).isEqualTo(SECOND);

        assertThat(parts(WIRE.calls().get(0)))
                .containsKeys("original_preview_image", "mask_brush")
                .doesNotContainKeys("mask_base", "session_id");
        assertThat(parts(WIRE.calls().get(1)))
                .containsEntry("original_preview_image", FIRST)
                .containsEntry("mask_base", mask(1))
                .containsEntry("mask_brush", brush())
                .doesNotContainKey("session_id");
    }

    @Test
    void aSessionIdFromElsewhereIsSentInPlaceOfThePicture() throws Exception {
        byte[] base = jpeg(8, 8, 1);

        Exchange exchange = context.start("dewatermark:erase")
                .send("no picture", Map.of(SESSION_ID, "from-elsewhere", MASK_BASE, base, MASK_BRUSH, brush()));

        assertThat(body(exchange)).isEqualTo(FIRST);
        assertThat(WIRE.parts())
                .containsEntry("session_id", utf8("from-elsewhere"))
                .containsEntry("mask_base", base)
                .containsEntry("mask_brush", brush())
                .doesNotContainKey("original_preview_image");
    }

    /** It is the platform's own, in a form that only the platform needs to know. */
    @Test
    void aBaseMaskThatIsNoPictureIsSentBackAsItCame() throws Exception {
        byte[] base = utf8("a form of the platform's own");
        context.start("dewatermark:erase");

        context.send(jpeg(), Map.of(MASK_BASE, base, MASK_BRUSH, brush(), REFINEMENT, 0));
        context.send(jpeg(), Map.of(SESSION_ID, "s", MASK_BASE, base, MASK_BRUSH, brush(), REFINEMENT, 1));
        context.send(
                written(TestPictures.image(jpeg()), "png"),
                Map.of(MASK_BASE, base, MASK_BRUSH, brush(), REFINEMENT, 0));

        assertThat(WIRE.calls()).hasSize(3).allSatisfy(call -> assertThat(parts(call))
                .containsEntry("mask_base", base));
    }

    @Test
    void aBaseMaskThatIsNoPictureIsRefusedWhenItsPictureIsScaled() throws Exception {
        Map<String, Object> headers = Map.of(MASK_BASE, utf8("no picture"), MASK_BRUSH, brush(1930, 10), REFINEMENT, 0);

        Exchange exchange = context.start("dewatermark:erase").send(jpeg(1930, 10, 1), headers);

        assertThat(failure(exchange, DewatermarkInputException.class))
                .hasMessageContaining(MASK_BASE)
                .hasMessageContaining("is a text");
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void theHeaderRefinementSaysWhetherThePictureOrTheSessionIsSent() throws Exception {
        Map<String, Object> headers = Map.of(SESSION_ID, "s", MASK_BASE, mask(5), MASK_BRUSH, brush(), REFINEMENT, "0");

        Exchange exchange = context.start("dewatermark:erase").send(jpeg(), headers);

        assertThat(body(exchange)).isEqualTo(FIRST);
        assertThat(exchange.getMessage().getHeader(REFINEMENT)).isEqualTo(1);
        assertThat(WIRE.parts())
                .containsEntry("original_preview_image", jpeg())
                .containsEntry("mask_base", mask(5))
                .doesNotContainKey("session_id");
    }

    @Test
    void aSessionIdAloneIsSentWhenThereIsNoBody() throws Exception {
        body(context.start("dewatermark:erase").send(null, Map.of(SESSION_ID, "s-9")));

        assertThat(WIRE.parts())
                .containsEntry("session_id", utf8("s-9"))
                .doesNotContainKeys("original_preview_image", "mask_base", "mask_brush");
    }

    @Test
    void aNewPictureWithoutABrushIsNoRefinementOfTheLastOne() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .setBody(routes.constant(jpeg(32, 32, 2)))
                .to("dewatermark:erase"));

        Exchange exchange = context.send(jpeg());

        assertThat(body(exchange)).isEqualTo(SECOND);
        assertThat(exchange.getMessage().getHeader(REFINEMENT)).isEqualTo(0);
        assertThat(parts(WIRE.calls().get(1)))
                .containsOnlyKeys("original_preview_image", "remove_text", "predict_mode")
                .containsEntry("original_preview_image", jpeg(32, 32, 2));
    }

    @Test
    void aFirstRefinementOfMoreThan1920PixelsIsRefusedIfItMustNotBeScaled() throws Exception {
        Map<String, Object> headers =
                Map.of(SESSION_ID, "s", MASK_BASE, mask(1), MASK_BRUSH, brush(1920, 10), REFINEMENT, 0);
        context.start("dewatermark:erase?scaleRefinement=false");

        DewatermarkInputException error =
                failure(context.send(jpeg(1921, 10, 1), headers), DewatermarkInputException.class);

        assertThat(error).hasMessageContaining("1921 x 10 px").hasMessageContaining("at most 1920 px");
        assertThat(WIRE.calls()).isEmpty();
        assertThat(body(context.send(jpeg(1920, 10, 1), headers))).isEqualTo(FIRST);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
