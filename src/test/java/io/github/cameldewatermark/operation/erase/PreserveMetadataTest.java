package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestMetadata.exif;
import static io.github.cameldewatermark.testkit.TestMetadata.exifSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.iptc;
import static io.github.cameldewatermark.testkit.TestMetadata.photoshopSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.profileSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.resource;
import static io.github.cameldewatermark.testkit.TestMetadata.wideProfile;
import static io.github.cameldewatermark.testkit.TestMetadata.withSegments;
import static io.github.cameldewatermark.testkit.TestMetadata.xmp;
import static io.github.cameldewatermark.testkit.TestMetadata.xmpSegment;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.metadata.icc.IccDirectory;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.ReadMetadata;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestOriginals;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Orientation, colour and metadata of pictures on their way through the component. */
class PreserveMetadataTest {

    private static final byte[] COFFEE = TestPictures.resource("/samples/images/coffee.jpg");
    private static final byte[] BRUSH = TestPictures.resource("/samples/images/brush/coffee.png");

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @AutoClose
    private final TestContext wired = TestContext.at(WIRE.baseUrl());

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void theResultHasTheMetadataOfTheOriginalAndIsClean() throws Exception {
        byte[] original = withSegments(
                COFFEE,
                exifSegment(exif(1)),
                xmpSegment(xmp(1)),
                photoshopSegment(resource(0x0404, iptc())),
                profileSegment(1, 1, wideProfile()));
        byte[] result = body(context.start(route("dewatermark:erase")).send(original));

        hasAll(ReadMetadata.of(result));
        assertThat(ReadMetadata.of(result).size()).isEqualTo("1280x853");
    }

    @Test
    void refinementsKeepThemAsWell() throws Exception {
        byte[] original = withSegments(
                COFFEE, exifSegment(exif(1)), xmpSegment(xmp(1)), photoshopSegment(resource(0x0404, iptc())));
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(BRUSH))
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(BRUSH))
                .to("dewatermark:erase") // sends the session, no picture
                .convertBodyTo(byte[].class));

        hasAll(ReadMetadata.of(body(context.send(original))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "webp", "tiff"})
    void aPictureOfAnotherKindHasItsMetadataInTheResultAndIsUpright(String format) throws Exception {
        byte[] original = TestOriginals.of(format, exif(6), xmp(6), iptc());
        byte[] result = body(context.start(route("dewatermark:erase")).send(original));

        ReadMetadata read = ReadMetadata.of(result);
        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.date()).isEqualTo(TestMetadata.DATE);
        assertThat(read.latitude()).isBetween(51.47, 51.48);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
        assertThat(read.xmp("tiff:Orientation")).isEqualTo("1");
        assertThat(read.orientation()).isIn(null, 1);
    }

    @Test
    void aPictureThatIsMadeUprightForItsMaskHasItsMetadata() throws Exception {
        byte[] original = withSegments(
                part(320, 240), exifSegment(exif(6)), xmpSegment(xmp(6)), profileSegment(1, 1, wideProfile()));
        byte[] result = body(context.start(route("dewatermark:erase"))
                .send(original, Map.of(MASK_BRUSH, TestPictures.brush(240, 320))));

        ReadMetadata read = ReadMetadata.of(result);
        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.orientation()).isEqualTo(1);
        assertThat(read.size()).isEqualTo("240x320");
        assertThat(read.has(IccDirectory.class)).isFalse(); // it is sRGB now
    }

    private static void hasAll(ReadMetadata read) {
        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.date()).isEqualTo(TestMetadata.DATE);
        assertThat(read.copyright()).isEqualTo(TestMetadata.COPYRIGHT);
        assertThat(read.latitude()).isBetween(51.47, 51.48);
        assertThat(read.caption()).isEqualTo(TestMetadata.CAPTION);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPictureThatThePlatformTakesAsStoredIsLookedAtAsBefore(int held) throws Exception {
        assertThat(orientationOfResult(held, part(320, 240), (picture, brush) -> turned(picture, Orientation.UPRIGHT)))
                .isEqualTo(held);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aPictureThatThePlatformMakesUprightIsNotTurnedAgain(int held) throws Exception {
        assertThat(orientationOfResult(held, part(320, 240), (picture, brush) -> turned(picture, Orientation.of(held))))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"5", "6", "7", "8"})
    void ofASquarePictureTheContentTells(int held) throws Exception {
        byte[] square = part(300, 300);

        assertThat(orientationOfResult(held, square, (picture, brush) -> turned(picture, Orientation.UPRIGHT)))
                .isEqualTo(held);
        assertThat(orientationOfResult(held, square, (picture, brush) -> turned(picture, Orientation.of(held))))
                .isEqualTo(1);
    }

    private static int orientationOfResult(int held, byte[] picture, PictureEngine engine) throws Exception {
        byte[] original = withSegments(picture, exifSegment(exif(held)), xmpSegment(xmp(held)));
        try (Sandbox sandbox = Sandbox.builder().pictureEngine(engine).start();
                TestContext context = TestContext.at(sandbox)) {
            byte[] result = body(context.start(route("dewatermark:erase")).send(original));

            ReadMetadata read = ReadMetadata.of(result);
            assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
            assertThat(read.xmp("tiff:Orientation"))
                    .isEqualTo(read.orientation().toString());
            return read.orientation();
        }
    }

    /** Without the profile, the numbers of a wide colour space would be shown as paler colours. */
    @Test
    void coloursAreThoseOfTheOriginalOutsideTheBrush() throws Exception {
        byte[] original = withSegments(COFFEE, profileSegment(1, 1, wideProfile()));
        context.start(route("dewatermark:erase"));
        RouteBuilder.addRoutes(context.camel(), route("direct:plain", "dewatermark:erase?preserveMetadata=false"));

        byte[] result = body(context.send(original, Map.of(MASK_BRUSH, BRUSH)));
        byte[] plain = body(context.sendTo("direct:plain", original, Map.of(MASK_BRUSH, BRUSH)));

        assertThat(DeltaE.mean(original, result, BRUSH))
                .as("as much as compressing once more does")
                .isLessThan(2);
        assertThat(DeltaE.mean(original, plain, BRUSH)).isGreaterThan(5);
    }

    @Test
    void withoutTheOptionTheResultIsWhatThePlatformSent() throws Exception {
        byte[] sent = TestPictures.jpeg(64, 48, 9);
        WIRE.answersWith(sent);
        wired.start("dewatermark:erase?preserveMetadata=false");

        assertThat(body(wired.send(withSegments(TestPictures.jpeg(), exifSegment(exif(6))))))
                .isEqualTo(sent);
    }

    @Test
    void theOriginalIsSentByteForByte() throws Exception {
        byte[] original = withSegments(TestPictures.jpeg(), exifSegment(exif(6)));
        WIRE.answersWith(TestPictures.jpeg());
        body(wired.start("dewatermark:erase").send(original));

        assertThat(WIRE.parts()).containsEntry("original_preview_image", original);
    }

    /** It is paid for. */
    @Test
    void aResultThatCannotBeDecodedGetsItsMetadataAllTheSame() throws Exception {
        byte[] sent = undecodable(TestPictures.jpeg());
        WIRE.answersWith(sent);

        byte[] result =
                body(wired.start("dewatermark:erase").send(withSegments(TestPictures.jpeg(), exifSegment(exif(3)))));

        assertThat(result)
                .hasSize(sent.length + exifSegment(exif(3)).length)
                .endsWith(Arrays.copyOfRange(sent, 20, sent.length));
    }

    /** A marker without a length, where none is expected. */
    @Test
    void anOriginalWhoseHeadIsStrangeKeepsItsMetadata() throws Exception {
        byte[] sent = TestPictures.jpeg(64, 48, 9);
        WIRE.answersWith(sent);
        byte[] original = withSegments(TestPictures.jpeg(), exifSegment(exif(1)), new byte[] {(byte) 0xFF, 0x01});
        assertThat(body(wired.start("dewatermark:erase").send(original)))
                .hasSize(sent.length + exifSegment(exif(1)).length);
    }

    /** A frame of a kind that no decoder knows. */
    private static byte[] undecodable(byte[] jpeg) {
        byte[] other = jpeg.clone();
        for (int i = 0; i < other.length - 1; i++) {
            if (other[i] == (byte) 0xFF && other[i + 1] == (byte) 0xC0) {
                other[i + 1] = (byte) 0xCF;
            }
        }
        return other;
    }

    @Test
    void aResultOnDiskIsPutRightThere(@TempDir Path folder) throws Exception {
        byte[] large = TestPictures.large();
        Path file = Files.write(folder.resolve("photo.jpg"), withSegments(large, exifSegment(exif(3))));
        WIRE.answersWith(jpegOf(turned(image(large), Orientation.of(3)).picture()));
        byte[] result = body(wired.start(route("dewatermark:erase")).send(file.toFile()));

        assertThat(ReadMetadata.of(result).orientation()).isEqualTo(1);
    }

    /** From {@code direct:in} to the endpoint, whose result is then in memory. */
    private static LambdaRouteBuilder route(String uri) {
        return route("direct:in", uri);
    }

    private static LambdaRouteBuilder route(String from, String uri) {
        return routes -> routes.from(from).to(uri).convertBodyTo(byte[].class);
    }

    private static CleanedPicture turned(BufferedImage stored, Orientation orientation) {
        BufferedImage upright = PictureSamples.upright(stored, orientation);
        Graphics2D g = upright.createGraphics();
        g.setColor(Color.WHITE); // what was erased
        g.fillRect(upright.getWidth() / 2, upright.getHeight() / 2, stored.getWidth() / 6, stored.getHeight() / 6);
        g.dispose();
        return new CleanedPicture(
                upright, new BufferedImage(upright.getWidth(), upright.getHeight(), BufferedImage.TYPE_BYTE_GRAY));
    }

    private static byte[] part(int width, int height) {
        return jpegOf(image(COFFEE).getSubimage(300, 200, width, height));
    }

    private static BufferedImage image(byte[] bytes) {
        return TestPictures.image(bytes);
    }

    private static byte[] jpegOf(BufferedImage picture) {
        return TestPictures.encoded(picture, "jpeg");
    }
}
