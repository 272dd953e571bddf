package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_REGION;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.image;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire as the brush, and what doesn't get that far. */
class MaskTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(jpeg());

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bottom-right:30%x12% | 100 | 200 | 70 176 30 24",
                "bottom-right:30%25x12%25 | 100 | 200 | 70 176 30 24",
                "10,20,30,40 | 100 | 200 | 10 20 30 40",
                "10%,20%,30%,40% | 100 | 200 | 10 40 30 80",
                "RAW(50%,50%,10,10) | 100 | 200 | 50 100 10 10",
                "top-left:10x10;bottom-right:10x10 | 20 | 20 | 0 0 20 20",
            })
    void theOptionMaskRegionIsSentAsABrushOfTheSizeOfThePicture(String region, int width, int height, String bounds)
            throws Exception {
        body(context.start("dewatermark:erase?maskRegion=" + region).send(jpeg(width, height, 1)));

        BufferedImage brush = image(WIRE.parts().get("mask_brush"));
        assertThat(brush.getWidth()).isEqualTo(width);
        assertThat(brush.getHeight()).isEqualTo(height);
        assertThat(bounds(brush)).isEqualTo(bounds);
    }

    @Test
    void severalRegionsAreSentInOneBrush() throws Exception {
        body(context.start("dewatermark:erase?maskRegion=top-left:10x10;bottom-right:10x10")
                .send(jpeg(20, 20, 1)));

        BufferedImage brush = image(WIRE.parts().get("mask_brush"));
        assertThat(brush.getRGB(5, 5) & 0xFF).isEqualTo(0xFF);
        assertThat(brush.getRGB(15, 15) & 0xFF).isEqualTo(0xFF);
        assertThat(brush.getRGB(5, 15) & 0xFF).isZero();
    }

    @Test
    void theHeaderMaskBrushBeatsTheOptionMaskRegion() throws Exception {
        body(context.start("dewatermark:erase?maskRegion=0,0,1,1").send(jpeg(), Map.of(MASK_BRUSH, brush(7))));

        assertThat(WIRE.parts()).containsEntry("mask_brush", brush(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?maskRegion=0,0,1,1", "?maskBrush=ref:stamp"})
    void theHeaderMaskRegionBeatsTheOptionsAndIsForOneCall(String options) throws Exception {
        context.bind("stamp", brush(64, 48)).start("dewatermark:erase" + options);

        Exchange exchange = context.send(jpeg(64, 48, 1), Map.of(MASK_REGION, "top-right:7x9"));

        body(exchange);
        assertThat(bounds(image(WIRE.parts().get("mask_brush")))).isEqualTo("57 0 7 9");
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(MASK_REGION);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | The header CamelDewatermarkMaskRegion is wrong: '' is not a region. The forms are",
                "1,2,0,4 | The header CamelDewatermarkMaskRegion is wrong: '1,2,0,4' is not a region: it has no area",
                "100,1,2,3 | the body has 64 x 48 px, and 100,1,2,3 of the region is outside it",
            })
    void aHeaderMaskRegionThatCannotBeErasedIsRefused(String region, String message) throws Exception {
        assertRefused(Map.of(MASK_REGION, region), message);
    }

    @Test
    void onlyOneHeaderCanSayWhatToErase() throws Exception {
        assertRefused(
                Map.of(MASK_REGION, "1,2,3,4", MASK_BRUSH, brush()),
                "The headers CamelDewatermarkMaskBrush and CamelDewatermarkMaskRegion are both set, and each says what to erase:"
                        + " set only one of them");
    }

    private void assertRefused(Map<String, Object> headers, String message) throws Exception {
        DewatermarkInputException error = failure(
                context.start("dewatermark:erase").send(jpeg(64, 48, 1), headers), DewatermarkInputException.class);

        assertThat(error)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith("Nothing was sent, nothing was charged.");
        assertThat(error.operation()).isEqualTo("erase");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void theOptionMaskRegionOfTheComponentIsForAllEndpoints() throws Exception {
        context.options().setMaskRegion("0,0,5,5");

        body(context.start("dewatermark:erase").send(jpeg()));

        assertThat(bounds(image(WIRE.parts().get("mask_brush")))).isEqualTo("0 0 5 5");
    }

    @Test
    void aRegionThatIsOutsideOfAPictureIsRefusedBeforeAnythingIsSent() throws Exception {
        context.start("dewatermark:erase?maskRegion=100,100,20,20");

        DewatermarkInputException error = failure(context.send(jpeg(64, 48, 1)), DewatermarkInputException.class);

        assertThat(error).hasMessageContaining("64 x 48 px").hasMessageContaining("100,100,20,20");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(WIRE.calls()).isEmpty();
        assertThat(body(context.send(jpeg(200, 200, 1)))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"option", "header"})
    void aBrushOfAnotherSizeIsScaledToThePicture(String from) throws Exception {
        boolean option = from.equals("option");
        context.bind("stamp", brush(64, 48)).start("dewatermark:erase" + (option ? "?maskBrush=ref:stamp" : ""));

        body(context.send(jpeg(200, 150, 1), option ? Map.of() : Map.of(MASK_BRUSH, brush(64, 48))));

        assertThat(bounds(image(WIRE.parts().get("mask_brush")))).isEqualTo("0 0 100 150");
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
    void theHeaderMaskBrushMayBeAPictureOfAnyKind(String format) throws Exception {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        picture.createGraphics().fillRect(16, 16, 32, 16);
        ImageIO.write(picture, format, mask);

        body(context.start("dewatermark:erase").send(jpeg(), Map.of(MASK_BRUSH, mask.toByteArray())));

        assertThat(bounds(image(WIRE.parts().get("mask_brush")))).isEqualTo("16 16 32 16");
    }

    @Test
    void aBrushOfAnotherShapeIsRefusedBeforeAnythingIsSent() throws Exception {
        DewatermarkInputException error = failure(
                context.start("dewatermark:erase").send(jpeg(64, 48, 1), Map.of(MASK_BRUSH, brush(64, 64))),
                DewatermarkInputException.class);

        assertThat(error)
                .hasMessageContaining("CamelDewatermarkMaskBrush has 64 x 64 px")
                .hasMessageContaining("64 x 48 px");
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void aBrushThatMarksNothingIsRefusedBeforeAnythingIsSent() throws Exception {
        DewatermarkInputException error = failure(
                context.start("dewatermark:erase").send(jpeg(), Map.of(MASK_BRUSH, brush(0))),
                DewatermarkInputException.class);

        assertThat(error).hasMessageContaining("CamelDewatermarkMaskBrush marks nothing");
        assertThat(WIRE.calls()).isEmpty();
    }

    @Test
    void theBrushFitsThePictureAsItIsSentNotAsItCame() throws Exception {
        body(context.start("dewatermark:erase?maskRegion=bottom-right:50%x50%").send(jpeg(6400, 640, 1)));

        assertThat(image(WIRE.parts().get("original_preview_image")).getWidth()).isEqualTo(6000);
        assertThat(bounds(image(WIRE.parts().get("mask_brush")))).isEqualTo("3000 300 3000 300");
    }

    @Test
    void aRegionRefinesOnTheSecondCall() throws Exception {
        context.start(
                routes -> routes.from("direct:in").to("dewatermark:erase").to("dewatermark:erase?maskRegion=0,0,5,5"));

        body(context.send(jpeg()));

        assertThat(EraseStub.parts(WIRE.calls().get(1)))
                .containsKeys("original_preview_image", "mask_base", "mask_brush");
    }

    /** x, y, width and height of what is white. */
    private static String bounds(BufferedImage brush) {
        int left = Integer.MAX_VALUE;
        int top = Integer.MAX_VALUE;
        int right = 0;
        int bottom = 0;
        for (int y = 0; y < brush.getHeight(); y++) {
            for (int x = 0; x < brush.getWidth(); x++) {
                if ((brush.getRGB(x, y) & 0xFF) == 0xFF) {
                    left = Math.min(left, x);
                    top = Math.min(top, y);
                    right = Math.max(right, x + 1);
                    bottom = Math.max(bottom, y + 1);
                }
            }
        }
        return left + " " + top + " " + (right - left) + " " + (bottom - top);
    }
}
