package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_FORMAT;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_HEIGHT;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_WIDTH;
import static io.github.cameldewatermark.testkit.PictureSamples.picture;
import static io.github.cameldewatermark.testkit.PictureSamples.psnr;
import static io.github.cameldewatermark.testkit.PictureSamples.written;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.body.SpoolFile;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for a picture that the API takes, and for one that it doesn't. */
class ConvertImagesTest {

    private static final String SENT = "original_preview_image";

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(TestPictures.jpeg());

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @Test
    void aPngIsSentAsAJpegThatShowsTheSame() throws Exception {
        Exchange exchange = send(written(picture(80, 60), "png"), "photo.png");

        assertThat(psnr(TestPictures.image(sent()), picture(80, 60))).isGreaterThan(36);
        Message message = exchange.getMessage();
        assertThat(message.getHeader(ORIGINAL_FORMAT)).isEqualTo("PNG");
        assertThat(message.getHeader(ORIGINAL_WIDTH)).isEqualTo(80);
        assertThat(message.getHeader(ORIGINAL_HEIGHT)).isEqualTo(60);
        assertThat(message.getHeader(Exchange.FILE_NAME)).isEqualTo("photo.png.jpg");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void aJpegWithinBoundsIsSentByteForByteWhateverItsOrientation(int orientation) throws Exception {
        byte[] jpeg = PictureSamples.oriented(PictureSamples.jpeg(picture(80, 60)), orientation);

        Exchange exchange = send(jpeg, "photo.jpg");

        assertThat(sent()).isEqualTo(jpeg);
        assertThat(exchange.getMessage().getHeader(ORIGINAL_FORMAT)).isEqualTo("JPEG");
        assertThat(exchange.getMessage().getHeader(ORIGINAL_WIDTH)).isEqualTo(80);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("photo.jpg");
    }

    @Test
    void aJpegWithJunkAfterItsEndIsSentByteForByte() throws Exception {
        byte[] jpeg = java.util.Arrays.copyOf(TestPictures.jpeg(), 10_000);

        send(jpeg, "photo.jpg");

        assertThat(sent()).isEqualTo(jpeg);
    }

    @Test
    void withAMaskATurnedJpegIsSentUpright() throws Exception {
        byte[] jpeg = PictureSamples.oriented(PictureSamples.jpeg(picture(80, 60)), 3);

        context.start("dewatermark:erase").send(jpeg, Map.of(MASK_BRUSH, TestPictures.brush(80, 60)));

        assertThat(TestPictures.image(sent()).getRGB(79, 59) & 0xFF0000).isLessThan(0x200000);
    }

    @ParameterizedTest
    @CsvSource({"6001, 4, 6000, 4", "6000, 4, 6000, 4", "12000, 6, 6000, 3"})
    void aJpegOverTheLimitIsScaledDown(int width, int height, int sentWidth, int sentHeight) throws Exception {
        Exchange exchange = send(PictureSamples.jpeg(picture(width, height)), "wide.jpg");

        assertThat(TestPictures.image(sent()).getWidth()).isEqualTo(sentWidth);
        assertThat(TestPictures.image(sent()).getHeight()).isEqualTo(sentHeight);
        assertThat(exchange.getMessage().getHeader(ORIGINAL_WIDTH)).isEqualTo(width);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("wide.jpg");
    }

    @Test
    void aWrongExtensionDoesNotMatterAndANameThatFitsTheResultStays() throws Exception {
        Exchange exchange = send(written(picture(80, 60), "gif"), "photo.JPG");

        assertThat(sent()).startsWith(0xFF, 0xD8);
        assertThat(exchange.getMessage().getHeader(ORIGINAL_FORMAT)).isEqualTo("GIF");
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("photo.JPG");
    }

    @Test
    void withoutAFileNameThereIsNoneAfterwards() throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(written(picture(80, 60), "png"));

        body(exchange);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.FILE_NAME);
    }

    @Test
    void aRefinementLeavesTheHeadersOfTheOriginal() throws Exception {
        WIRE.answersInTurnWith(TestPictures.jpeg(), TestPictures.jpeg());
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(TestPictures.brush()))
                .to("dewatermark:erase"));

        Exchange exchange = context.send(written(picture(80, 60), "png"), Map.of(Exchange.FILE_NAME, "photo.png"));

        body(exchange);
        assertThat(WIRE.calls()).hasSize(2);
        assertThat(exchange.getMessage().getHeader(ORIGINAL_FORMAT)).isEqualTo("PNG");
        assertThat(exchange.getMessage().getHeader(ORIGINAL_WIDTH)).isEqualTo(80);
    }

    @Test
    void withConvertImagesOffAnythingElseIsRefused() throws Exception {
        context.start("dewatermark:erase?convertImages=false");

        assertRefused(
                written(picture(8, 8), "png"), "photo is a PNG picture; the API takes only JPEG, so convert it first");
        assertRefused(PictureSamples.cmykJpeg(8, 8), "photo is a JPEG picture in CMYK");
        assertRefused(PictureSamples.jpeg(picture(6001, 1)), "photo has 6001 x 1 px, but the API takes at most 6000");
        body(context.send(TestPictures.jpeg()));
    }

    @Test
    void theConvertedFileIsGoneAfterTheExchange() throws Exception {
        send(written(TestPictures.image(TestPictures.large()), "png"), "photo.png");

        SpoolFile.assertNoneLeft();
    }

    private void assertRefused(byte[] picture, String message) {
        DewatermarkInputException error = TestContext.failure(
                context.send(picture, Map.of(Exchange.FILE_NAME, "photo")), DewatermarkInputException.class);

        assertThat(error)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith("Nothing was sent, nothing was charged.");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(WIRE.calls()).isEmpty();
    }

    private Exchange send(byte[] picture, String name) throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(picture, Map.of(Exchange.FILE_NAME, name));
        body(exchange);
        return exchange;
    }

    private byte[] sent() {
        return WIRE.parts().get(SENT);
    }
}
