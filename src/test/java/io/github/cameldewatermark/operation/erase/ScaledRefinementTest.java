package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BASE;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.REFINEMENT;
import static io.github.cameldewatermark.DewatermarkConstants.SESSION_ID;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.image;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static io.github.cameldewatermark.testkit.TestPictures.psnr;
import static io.github.cameldewatermark.testkit.TestPictures.resource;
import static io.github.cameldewatermark.testkit.TestPictures.scaled;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Refining never makes a picture smaller: what is refined as a smaller copy is brought back. */
class ScaledRefinementTest {

    /** More than what is refined has. */
    private static final int WIDTH = 4000;

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @Test
    void aLargePictureIsRefinedInItsSizeAndChangesOnlyWhereTheBrushIs() throws Exception {
        byte[] marked = scaled(resource("/samples/images/coffee.jpg"), WIDTH);
        BufferedImage original = image(scaled(resource("/samples/images/original/coffee.jpg"), WIDTH));
        byte[] brush = resource("/samples/images/brush/coffee.png");
        BufferedImage largeBrush = image(scaled(brush, WIDTH));
        BufferedImage outside = outside(largeBrush, 40);
        List<byte[]> results = new ArrayList<>();
        try (Sandbox sandbox = Sandbox.start();
                TestContext real = TestContext.at(sandbox)) {
            real.start(routes -> routes.from("direct:in")
                    // finds nothing in there
                    .to("dewatermark:erase?maskRegion=0,0,50,50")
                    .process(e -> results.add(e.getMessage().getBody(byte[].class)))
                    .setHeader(MASK_BRUSH, routes.constant(brush))
                    .to("dewatermark:erase")
                    .process(e -> results.add(e.getMessage().getBody(byte[].class)))
                    .setHeader(MASK_BRUSH, routes.constant(brush))
                    .to("dewatermark:erase")
                    .convertBodyTo(byte[].class));

            byte[] third = body(real.send(marked));

            BufferedImage before = image(results.get(0));
            byte[] refined = results.get(1);
            double likenessOfMarked = psnr(image(marked), original, largeBrush);
            for (byte[] result : new byte[][] {refined, third}) {
                BufferedImage picture = image(result);
                assertThat(picture.getWidth()).isEqualTo(WIDTH);
                assertThat(picture.getHeight()).isEqualTo(WIDTH * 853 / 1280);
                assertThat(psnr(picture, original, largeBrush)).isGreaterThan(likenessOfMarked + 6);
                // a picture that is merely compressed again has about as much
                assertThat(psnr(picture, before, outside)).isGreaterThan(55);
            }
        }
    }

    @Test
    void theFirstRefinementSendsPictureAndMasksInOneSize() throws Exception {
        WIRE.answersWith(jpeg(1920, 960, 5));
        byte[] body = jpeg(2000, 1000, 1);
        Exchange exchange = context.start("dewatermark:erase")
                .send(
                        body,
                        Map.of(
                                SESSION_ID,
                                "s",
                                MASK_BASE,
                                brush(2000, 1000),
                                MASK_BRUSH,
                                brush(600, 300),
                                REFINEMENT,
                                0));

        BufferedImage result = image(body(exchange));
        assertThat(result.getWidth()).isEqualTo(2000);
        assertThat(result.getHeight()).isEqualTo(1000);
        for (String part : new String[] {"original_preview_image", "mask_base", "mask_brush"}) {
            BufferedImage sent = image(WIRE.parts().get(part));
            assertThat(sent.getWidth()).as(part).isEqualTo(1920);
            assertThat(sent.getHeight()).as(part).isEqualTo(960);
        }
        assertThat(image(WIRE.parts().get("mask_base")).getRGB(950, 500) & 0xFF).isEqualTo(0xFF);
        assertThat(image(WIRE.parts().get("mask_base")).getRGB(970, 500) & 0xFF).isZero();
        assertThat(exchange.getMessage().getHeader(REFINEMENT)).isEqualTo(1);
    }

    @Test
    void aLaterRefinementSendsTheBrushInTheSizeOfTheSession() throws Exception {
        WIRE.answersWith(jpeg(1000, 500, 5));
        Exchange exchange = context.start("dewatermark:erase")
                .send(
                        jpeg(2000, 1000, 1),
                        Map.of(
                                SESSION_ID,
                                "s",
                                MASK_BASE,
                                brush(1000, 500),
                                MASK_BRUSH,
                                brush(2000, 1000),
                                REFINEMENT,
                                1));

        assertThat(image(body(exchange)).getWidth()).isEqualTo(2000);
        assertThat(WIRE.parts())
                .containsEntry("mask_base", brush(1000, 500))
                .containsEntry("mask_brush", brush(1000, 500))
                .doesNotContainKey("original_preview_image");
    }

    @Test
    void aSessionWhosePictureIsAsLargeAsTheBodyGivesTheResultItself() throws Exception {
        WIRE.answersWith(jpeg(64, 48, 5));
        Exchange exchange = context.start("dewatermark:erase")
                .send(jpeg(), Map.of(SESSION_ID, "s", MASK_BASE, brush(), MASK_BRUSH, brush(), REFINEMENT, 1));

        assertThat(body(exchange)).isEqualTo(jpeg(64, 48, 5));
    }

    @Test
    void aResultThatCannotBeBroughtBackIsDeliveredAsThePlatformGaveIt() throws Exception {
        byte[] square = jpeg(500, 500, 5);
        WIRE.answersWith(square);
        try (LogLines log = LogLines.infos()) {
            Exchange exchange = context.start("dewatermark:erase?maskRegion=0,0,10,10")
                    .send(jpeg(2000, 1000, 1), Map.of(MASK_BASE, brush(2000, 1000), REFINEMENT, 0));

            assertThat(body(exchange)).isEqualTo(square);
            assertThat(log.messages()).anyMatch(line -> line.contains("can't be applied to it in full size"));
        }
    }

    @Test
    void aTurnedPictureIsSentUprightAndItsBaseMaskIsTurnedAlong() throws Exception {
        WIRE.answersWith(jpeg(48, 64, 5));
        body(context.start("dewatermark:erase?maskRegion=top-left:10x10")
                .send(PictureSamples.oriented(jpeg(64, 48, 1), 8), Map.of(MASK_BASE, brush(20), REFINEMENT, 0)));

        BufferedImage picture = image(WIRE.parts().get("original_preview_image"));
        BufferedImage base = image(WIRE.parts().get("mask_base"));
        BufferedImage brush = image(WIRE.parts().get("mask_brush"));
        assertThat(picture.getWidth()).isEqualTo(48);
        assertThat(brush.getWidth()).isEqualTo(48);
        assertThat(brush.getRGB(9, 9) & 0xFF).isEqualTo(0xFF);
        // what was at the left of the stored picture is at the bottom of the upright one
        assertThat(base.getWidth()).isEqualTo(48);
        assertThat(base.getRGB(24, 63) & 0xFF).isEqualTo(0xFF);
        assertThat(base.getRGB(24, 0) & 0xFF).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theMetadataOfTheFullPictureStayWithIt(boolean preserve) throws Exception {
        WIRE.answersWith(jpeg(1000, 500, 5));
        byte[] marked = TestMetadata.withSegments(
                jpeg(2000, 1000, 1), TestMetadata.xmpSegment("<x:xmpmeta>by me</x:xmpmeta>".getBytes()));
        context.start("dewatermark:erase?maskRegion=0,0,10,10&preserveMetadata=" + preserve);

        byte[] result = body(context.send(marked, Map.of(MASK_BASE, brush(2000, 1000), REFINEMENT, 0)));

        assertThat(image(result).getWidth()).isEqualTo(2000);
        assertThat(new String(result, StandardCharsets.ISO_8859_1).contains("by me"))
                .isEqualTo(preserve);
    }

    @Test
    void withoutConversionsNothingIsScaledOrTurned() throws Exception {
        WIRE.answersWith(jpeg());
        context.start("dewatermark:erase?convertImages=false&maskRegion=0,0,10,10");

        failure(
                context.send(jpeg(2000, 1000, 1), Map.of(MASK_BASE, brush(2000, 1000), REFINEMENT, 0)),
                DewatermarkInputException.class);
        assertThat(failure(context.send(PictureSamples.oriented(jpeg(64, 48, 1), 8)), DewatermarkInputException.class))
                .hasMessageContaining("Exif orientation");

        assertThat(WIRE.calls()).isEmpty();
    }

    /** White where nothing in the square around a pixel is marked. */
    private static BufferedImage outside(BufferedImage marks, int distance) {
        BufferedImage outside =
                TestPictures.plain(marks.getWidth(), marks.getHeight(), Color.WHITE, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = outside.createGraphics();
        g.setColor(Color.BLACK);
        int[] row = new int[marks.getWidth()];
        for (int y = 0; y < marks.getHeight(); y++) {
            marks.getRaster().getSamples(0, y, row.length, 1, 0, row);
            for (int x = 0; x < row.length; x++) {
                int run = 0;
                while (x + run < row.length && row[x + run] > 0) {
                    run++;
                }
                if (run > 0) {
                    g.fillRect(x - distance, y - distance, run + 2 * distance, 2 * distance + 1);
                    x += run;
                }
            }
        }
        g.dispose();
        return outside;
    }
}
