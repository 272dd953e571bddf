package io.github.cameldewatermark.image.metadata;

import static io.github.cameldewatermark.testkit.TestMetadata.exif;
import static io.github.cameldewatermark.testkit.TestMetadata.exifSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.photoshopSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.profileSegment;
import static io.github.cameldewatermark.testkit.TestMetadata.resource;
import static io.github.cameldewatermark.testkit.TestMetadata.segment;
import static io.github.cameldewatermark.testkit.TestMetadata.wideProfile;
import static io.github.cameldewatermark.testkit.TestMetadata.withSegments;
import static io.github.cameldewatermark.testkit.TestMetadata.xmp;
import static io.github.cameldewatermark.testkit.TestMetadata.xmpSegment;
import static org.assertj.core.api.Assertions.assertThat;

import com.drew.metadata.exif.ExifThumbnailDirectory;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.TestContent;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.ReadMetadata;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LogEvent;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataInserterTest {

    private static final byte[] RESULT = TestPictures.jpeg(64, 48);
    private static final byte[] IPTC = resource(0x0404, TestMetadata.iptc());
    private static final byte[] THUMBNAIL = resource(0x040C, new byte[77]);

    @Test
    void theResultGetsWhatTheOriginalHas() throws IOException {
        byte[] original = original(exifSegment(exif(1)), xmpSegment(xmp(1)), photoshopSegment(join(THUMBNAIL, IPTC)));

        byte[] result = inserted(original, RESULT);

        ReadMetadata read = ReadMetadata.of(result);
        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(read.date()).isEqualTo(TestMetadata.DATE);
        assertThat(read.latitude()).isBetween(51.47, 51.48);
        assertThat(read.caption()).isEqualTo(TestMetadata.CAPTION);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
        assertThat(read.xmp("dc:description[1]")).isEqualTo("Käffchen");
    }

    @Test
    void allElseOfTheResultStaysByteForByte() throws IOException {
        byte[] exif = exifSegment(exif(1));
        byte[] result = inserted(original(exif), RESULT);
        int jfif = 2 + 18;

        assertThat(result)
                .startsWith(Arrays.copyOf(RESULT, jfif))
                .endsWith(Arrays.copyOfRange(RESULT, jfif, RESULT.length));
        assertThat(result).hasSize(RESULT.length + exif.length);
    }

    @Test
    void thePixelsOfWhatHasTheWatermarkStayBehind() throws IOException {
        byte[] thumbnails = new String(xmp(1))
                .replace(
                        "<dc:creator>",
                        "<xmp:Thumbnails><rdf:Alt>secret\npicture</rdf:Alt></xmp:Thumbnails><dc:creator>")
                .getBytes();
        byte[] more = segment(0xE1, "http://ns.adobe.com/xmp/extension/\0", "secret".getBytes());
        byte[] others = segment(0xE2, "MPF\0", "secret".getBytes());

        byte[] result = inserted(
                original(
                        exifSegment(exif(1)),
                        xmpSegment(thumbnails),
                        more,
                        others,
                        photoshopSegment(join(resource(0x040C, "secret".getBytes()), IPTC))),
                RESULT);

        ReadMetadata read = ReadMetadata.of(result);
        assertThat(read.has(ExifThumbnailDirectory.class)).isFalse();
        assertThat(read.caption()).isEqualTo(TestMetadata.CAPTION);
        assertThat(read.xmp("dc:creator[1]")).isEqualTo(TestMetadata.CREATOR);
        assertThat(read.xmp("xmpNote:HasExtendedXMP")).isNull();
        assertThat(new String(result)).doesNotContain("secret");
    }

    @Test
    void aProfileOfManyPartsIsTheSameAgain() throws IOException {
        byte[] profile = Arrays.copyOf(wideProfile(), 200_000);
        byte[] original = original(
                profileSegment(2, 3, Arrays.copyOfRange(profile, 60_000, 120_000)),
                profileSegment(3, 3, Arrays.copyOfRange(profile, 120_000, 200_000 - 30_000)),
                profileSegment(1, 3, Arrays.copyOf(profile, 60_000)));

        byte[] again =
                Metadata.of(Content.of("x", inserted(original, RESULT)), false).profile();

        assertThat(again).isEqualTo(Arrays.copyOf(profile, 170_000));
    }

    @Test
    void theJdkSeesTheProfileOfTheOriginal() throws IOException {
        byte[] result = inserted(original(profileSegment(1, 1, wideProfile())), RESULT);

        byte[] red = ICC_Profile.getInstance(wideProfile()).getData(ICC_Profile.icSigRedColorantTag);
        assertThat(reds(result)).contains(red);
        assertThat(reds(RESULT)).doesNotContain(red);
    }

    /** What is red in the colour spaces that the picture can be decoded to. */
    private static List<byte[]> reds(byte[] jpeg) throws IOException {
        ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();
        List<byte[]> reds = new ArrayList<>();
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(jpeg))) {
            reader.setInput(in);
            reader.getImageTypes(0)
                    .forEachRemaining(type ->
                            reds.add(((ICC_ColorSpace) type.getColorModel().getColorSpace())
                                    .getProfile()
                                    .getData(ICC_Profile.icSigRedColorantTag)));
        } finally {
            reader.dispose();
        }
        return reds;
    }

    @Test
    void aProfileThatDoesNotFitOrIsBrokenIsLeftOut() throws IOException {
        byte[] colour = original(profileSegment(1, 1, wideProfile()));
        byte[] grey = PictureSamples.jpeg(PictureSamples.picture(64, 48, BufferedImage.TYPE_BYTE_GRAY));

        assertThat(inserted(colour, grey)).isEqualTo(grey);
        assertThat(inserted(original(profileSegment(1, 2, wideProfile())), RESULT))
                .isEqualTo(RESULT);
        assertThat(inserted(original(profileSegment(1, 1, new byte[500])), RESULT))
                .isEqualTo(RESULT);
        assertThat(inserted(colour, true, RESULT)).isEqualTo(RESULT);
    }

    @Test
    void whatTheResultHasItselfStaysAndIsNotDoubled() throws IOException {
        byte[] result = withSegments(RESULT, exifSegment(exif(3)), xmpSegment(xmp(3)));
        byte[] original = original(
                exifSegment(exif(6)), xmpSegment(xmp(6)), photoshopSegment(IPTC), profileSegment(1, 1, wideProfile()));

        byte[] inserted = inserted(original, result);

        ReadMetadata read = ReadMetadata.of(inserted);
        assertThat(read.orientation()).isEqualTo(3);
        assertThat(read.xmp("tiff:Orientation")).isEqualTo("3");
        assertThat(read.caption()).isEqualTo(TestMetadata.CAPTION);
        assertThat(inserted)
                .hasSize(result.length + photoshopSegment(IPTC).length + profileSegment(1, 1, wideProfile()).length);
    }

    @Test
    void theSizeIsThatOfTheResult() throws IOException {
        byte[] result = inserted(original(exifSegment(exif(1))), TestPictures.jpeg(30, 20));

        assertThat(ReadMetadata.of(result).size()).isEqualTo("30x20");
    }

    /** The platform may look at Exif or not: the shape of the result tells. */
    @ParameterizedTest
    @CsvSource({
        "1, 64, 48, 1",
        "5, 64, 48, 5",
        "6, 64, 48, 6",
        "7, 64, 48, 7",
        "8, 64, 48, 8",
        "5, 48, 64, 1",
        "6, 48, 64, 1",
        "7, 48, 64, 1",
        "8, 48, 64, 1",
        "6, 32, 24, 6",
        "6, 24, 32, 1"
    })
    void theOrientationFitsTheShapeOfTheResult(int held, int width, int height, int expected) throws IOException {
        byte[] original = original(exifSegment(exif(held)), xmpSegment(xmp(held)));

        ReadMetadata read = ReadMetadata.of(inserted(original, TestPictures.jpeg(width, height)));

        assertThat(read.orientation()).isEqualTo(expected);
        assertThat(read.xmp("tiff:Orientation")).isEqualTo("" + expected);
    }

    /** The same pixels as the original, and turned ones. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4})
    void whereTheShapeDoesNotTellThePixelsDo(int held) throws IOException {
        byte[] original = original(exifSegment(exif(held)), xmpSegment(xmp(held)));

        ReadMetadata asStored = ReadMetadata.of(inserted(original, RESULT));
        assertThat(asStored.orientation()).isEqualTo(held);
        assertThat(asStored.xmp("tiff:Orientation")).isEqualTo("" + held);

        byte[] upright = LikenessTest.upright(RESULT, Orientation.of(held));
        byte[] result = inserted(original, upright);
        ReadMetadata read = ReadMetadata.of(result);
        assertThat(read.orientation()).isEqualTo(1);
        assertThat(read.xmp("tiff:Orientation")).isEqualTo("1");
        assertThat(read.make()).isEqualTo(TestMetadata.MAKE);
        assertThat(result).endsWith(Arrays.copyOfRange(upright, 20, upright.length));
    }

    @Test
    void pixelsThatWereConvertedAreUpright() throws IOException {
        byte[] original = original(exifSegment(exif(6)));

        assertThat(ReadMetadata.of(inserted(original, true, RESULT)).orientation())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("strangeResults")
    void whatIsNoJpegPassesUntouched(byte[] result) throws IOException {
        assertThat(inserted(original(exifSegment(exif(6))), result)).isEqualTo(result);
    }

    static Stream<Named<byte[]>> strangeResults() {
        byte[] comment = segment(0xFE, "", new byte[60_000]);
        byte[] endless = new byte[2 + 20 * comment.length];
        System.arraycopy(RESULT, 0, endless, 0, 2);
        for (int i = 0; i < 20; i++) {
            System.arraycopy(comment, 0, endless, 2 + i * comment.length, comment.length);
        }
        return Stream.of(
                Named.of("nothing", new byte[0]),
                Named.of("a PNG", PictureSamples.as("png")),
                Named.of("cut in its head", Arrays.copyOf(RESULT, 30)),
                Named.of("without an end of its head", endless),
                Named.of("without a frame", HexFormat.of().parseHex("FFD8FFDA0008010100003F00FFD9")),
                Named.of("an impossible length", HexFormat.of().parseHex("FFD8FFE00001FFD9FFD9")),
                Named.of("ends at once", HexFormat.of().parseHex("FFD8FFD9FFD9")));
    }

    /** Without metadata as far as it failed: when they are read, or when the result is compared with the original. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aPaidResultIsKeptWhateverTheOriginalThrows(int reads) throws IOException {
        try (LogLines log = LogLines.infos()) {
            byte[] kept = bytes(MetadataInserter.insert(failing(reads), false, Content.of("photo.jpg", RESULT)));

            assertThat(kept).startsWith(0xFF, 0xD8).endsWith(Arrays.copyOfRange(RESULT, 20, RESULT.length));
            assertThat(log.messages()).singleElement().asString().contains("photo.jpg");
        }
    }

    /** Somebody has written to the file of the original since it was sent. */
    @Test
    void thatAnOriginalIsBrokenByNowDoesNotMakeItsResultFree() {
        List<Throwable> logged = new ArrayList<>();
        try (LogLines log = new LogLines(MetadataInserter.class.getName(), Level.WARN) {
            @Override
            public void append(LogEvent event) {
                logged.add(event.getThrown());
            }
        }) {
            MetadataInserter.insert(
                    Content.of("photo.jpg", Arrays.copyOf(RESULT, 30)), false, Content.of("photo.jpg", RESULT));
        }

        assertThat(logged).singleElement().asString().doesNotContain("nothing was charged");
    }

    @Test
    void theResultCanBeReadAgainAndHasTheLengthThatItSays() throws IOException {
        Content original = Content.of("photo.jpg", original(exifSegment(exif(1))));
        Content inserted = MetadataInserter.insert(original, false, Content.of("photo.jpg", RESULT));

        assertThat(bytes(inserted)).isEqualTo(bytes(inserted)).hasSize((int) inserted.length());
        assertThat(inserted.name()).isEqualTo("photo.jpg");
    }

    private static byte[] original(byte[]... segments) {
        return withSegments(TestPictures.jpeg(64, 48), segments);
    }

    private static byte[] join(byte[] one, byte[] other) {
        return PictureSamples.followedBy(one, other);
    }

    private static byte[] inserted(byte[] original, byte[] result) throws IOException {
        return inserted(original, false, result);
    }

    private static byte[] inserted(byte[] original, boolean converted, byte[] result) throws IOException {
        return bytes(
                MetadataInserter.insert(Content.of("photo.jpg", original), converted, Content.of("photo.jpg", result)));
    }

    private static byte[] bytes(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }

    /** Upside down: only the pixels tell whether the platform has turned it. */
    private static Content failing(int reads) {
        byte[] bytes = original(exifSegment(exif(3)));
        return new TestContent("photo.jpg", bytes.length, before -> {
            if (before == reads) {
                throw new NoClassDefFoundError("a part of a decoder");
            }
            return new ByteArrayInputStream(bytes);
        });
    }
}
