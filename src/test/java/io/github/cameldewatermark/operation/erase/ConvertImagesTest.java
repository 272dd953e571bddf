package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.PictureSamples.picture;
import static io.github.cameldewatermark.PictureSamples.psnr;
import static io.github.cameldewatermark.PictureSamples.written;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.management.ThreadMXBean;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.PictureSamples;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.body.FullHeapShare;
import io.github.cameldewatermark.body.SpoolFile;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire for a picture that the API takes, and for one that it doesn't. */
class ConvertImagesTest {

    private static final String SENT = "original_preview_image";

    @RegisterExtension
    static final WireMockExtension WIRE = EraseStub.server();

    @TempDir
    Path folder;

    private EraseStub platform;
    private TestContext context;

    @BeforeEach
    void setUp() {
        platform = EraseStub.on(WIRE).answersWith(TestPictures.jpeg());
        context = TestContext.at(WIRE.baseUrl());
    }

    @AfterEach
    void tearDown() {
        context.close();
    }

    @Test
    void aPngIsSentAsAJpegThatShowsTheSame() throws Exception {
        Exchange exchange = send(written(picture(80, 60), "png"), "photo.png");

        assertThat(psnr(PictureSamples.read(sent()), picture(80, 60))).isGreaterThan(36);
        Message message = exchange.getMessage();
        assertThat(message.getHeader(DewatermarkConstants.ORIGINAL_FORMAT)).isEqualTo("PNG");
        assertThat(message.getHeader(DewatermarkConstants.ORIGINAL_WIDTH)).isEqualTo(80);
        assertThat(message.getHeader(DewatermarkConstants.ORIGINAL_HEIGHT)).isEqualTo(60);
        assertThat(message.getHeader(Exchange.FILE_NAME)).isEqualTo("photo.png.jpg");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 6})
    void aJpegWithinBoundsIsSentByteForByteWhateverItsOrientation(int orientation) throws Exception {
        byte[] jpeg = PictureSamples.oriented(PictureSamples.jpeg(picture(80, 60)), orientation);

        Exchange exchange = send(jpeg, "photo.jpg");

        assertThat(sent()).isEqualTo(jpeg);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_FORMAT))
                .isEqualTo("JPEG");
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_WIDTH))
                .isEqualTo(80);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("photo.jpg");
    }

    @Test
    void aJpegWithJunkAfterItsEndIsSentByteForByte() throws Exception {
        byte[] jpeg = java.util.Arrays.copyOf(TestPictures.jpeg(), 10_000);

        send(jpeg, "photo.jpg");

        assertThat(sent()).isEqualTo(jpeg);
    }

    /** A decoded picture of this size takes 108 MB. */
    @Test
    void nothingIsDecodedOfAJpegWithinBounds() throws Exception {
        Content jpeg = Content.of(Files.write(
                folder.resolve("large.jpg"),
                PictureSamples.segment(PictureSamples.jpeg(picture(6000, 6000)), 0xE1, new byte[60_000])));
        ImageInspector.inspect(jpeg);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

        long before = threads.getCurrentThreadAllocatedBytes();
        ImageInspector.inspect(jpeg);

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(300_000);
    }

    @Test
    void withAMaskATurnedJpegIsSentUpright() throws Exception {
        byte[] jpeg = PictureSamples.oriented(PictureSamples.jpeg(picture(80, 60)), 3);

        context.start("dewatermark:erase")
                .send(jpeg, Map.of(DewatermarkConstants.MASK_BRUSH, TestPictures.brush(80, 60)));

        assertThat(PictureSamples.read(sent()).getRGB(79, 59) & 0xFF0000).isLessThan(0x200000);
    }

    @ParameterizedTest
    @CsvSource({"6001, 4, 6000, 4", "6000, 4, 6000, 4", "12000, 6, 6000, 3"})
    void aJpegOverTheLimitIsScaledDown(int width, int height, int sentWidth, int sentHeight) throws Exception {
        Exchange exchange = send(PictureSamples.jpeg(picture(width, height)), "wide.jpg");

        assertThat(PictureSamples.read(sent()).getWidth()).isEqualTo(sentWidth);
        assertThat(PictureSamples.read(sent()).getHeight()).isEqualTo(sentHeight);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_WIDTH))
                .isEqualTo(width);
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("wide.jpg");
    }

    @Test
    void aWrongExtensionDoesNotMatterAndANameThatFitsTheResultStays() throws Exception {
        Exchange exchange = send(written(picture(80, 60), "gif"), "photo.JPG");

        assertThat(sent()).startsWith(0xFF, 0xD8);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_FORMAT))
                .isEqualTo("GIF");
        assertThat(exchange.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("photo.JPG");
    }

    @Test
    void withoutAFileNameThereIsNoneAfterwards() throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(written(picture(80, 60), "png"));

        TestContext.body(exchange);
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(Exchange.FILE_NAME);
    }

    @Test
    void aRefinementLeavesTheHeadersOfTheOriginal() throws Exception {
        platform.answersInTurnWith(TestPictures.jpeg(), TestPictures.jpeg());
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .setHeader(DewatermarkConstants.MASK_BRUSH, constant(TestPictures.brush()))
                        .to("dewatermark:erase");
            }
        });

        Exchange exchange = context.send(written(picture(80, 60), "png"), Map.of(Exchange.FILE_NAME, "photo.png"));

        TestContext.body(exchange);
        assertThat(platform.calls()).hasSize(2);
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_FORMAT))
                .isEqualTo("PNG");
        assertThat(exchange.getMessage().getHeader(DewatermarkConstants.ORIGINAL_WIDTH))
                .isEqualTo(80);
    }

    @Test
    void withConvertImagesOffAnythingElseIsRefused() throws Exception {
        context.start("dewatermark:erase?convertImages=false");

        assertRefused(
                written(picture(8, 8), "png"),
                "photo is a PNG picture; the API takes only JPEG, so convert it" + " first");
        assertRefused(PictureSamples.cmykJpeg(8, 8), "photo is a JPEG picture in CMYK");
        assertRefused(PictureSamples.jpeg(picture(6001, 1)), "photo has 6001 x 1 px, but the API takes at most 6000");
        TestContext.body(context.send(TestPictures.jpeg()));
    }

    @ExtendWith(FullHeapShare.class)
    @Test
    void theConvertedFileIsGoneAfterTheExchange() throws Exception {
        send(written(PictureSamples.read(TestPictures.noise(200_000)), "png"), "photo.png");

        SpoolFile.assertNoneLeft();
    }

    private void assertRefused(byte[] picture, String message) {
        DewatermarkInputException error = TestContext.failure(
                context.send(picture, Map.of(Exchange.FILE_NAME, "photo")), DewatermarkInputException.class);

        assertThat(error)
                .hasMessageStartingWith(message)
                .hasMessageEndingWith("Nothing was sent, nothing was charged.");
        assertThat(error.billed()).isEqualTo(Billed.NO);
        assertThat(platform.calls()).isEmpty();
    }

    private Exchange send(byte[] picture, String name) throws Exception {
        Exchange exchange = context.start("dewatermark:erase").send(picture, Map.of(Exchange.FILE_NAME, name));
        TestContext.body(exchange);
        return exchange;
    }

    private byte[] sent() {
        return platform.parts().get(SENT);
    }
}
