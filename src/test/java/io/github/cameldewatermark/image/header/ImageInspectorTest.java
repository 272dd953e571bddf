package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.TestContent;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ImageInspectorTest {

    private static final String NOTHING = ". Nothing was sent, nothing was charged.";

    @ParameterizedTest
    @MethodSource("goodJpegs")
    void aWholeJpegPassesAndTellsItsSize(byte[] jpeg, int width, int height) {
        PictureInfo info = ImageInspector.requireJpeg(Content.of("x.jpg", jpeg), ImageInspector.MAX_SIDE);

        assertThat(info.format()).isEqualTo(PictureFormat.JPEG);
        assertThat(info.width()).isEqualTo(width);
        assertThat(info.height()).isEqualTo(height);
    }

    static Stream<Arguments> goodJpegs() {
        byte[] jpeg = TestPictures.jpeg(64, 48);
        byte[] progressive = PictureSamples.progressive(PictureSamples.picture(200, 100));
        byte[] junk = "\u0000trailer of a camera".repeat(2000).getBytes(ISO_8859_1);
        // the size of a thumbnail, as in Exif, isn't the size of the picture
        byte[] thumbnail = PictureSamples.segment(jpeg, 0xE1, TestPictures.jpeg(16, 12));
        return Stream.of(
                Arguments.of(Named.of("baseline", jpeg), 64, 48),
                Arguments.of(Named.of("progressive", progressive), 200, 100),
                Arguments.of(
                        Named.of(
                                "grey",
                                PictureSamples.jpeg(PictureSamples.picture(64, 48, BufferedImage.TYPE_BYTE_GRAY))),
                        64,
                        48),
                Arguments.of(Named.of("one pixel", TestPictures.jpeg(1, 1)), 1, 1),
                Arguments.of(Named.of("as wide as allowed", TestPictures.jpeg(6000, 1)), 6000, 1),
                Arguments.of(Named.of("as high as allowed", TestPictures.jpeg(1, 6000)), 1, 6000),
                Arguments.of(Named.of("junk after the end", PictureSamples.followedBy(jpeg, junk)), 64, 48),
                Arguments.of(Named.of("progressive, junk", PictureSamples.followedBy(progressive, junk)), 200, 100),
                Arguments.of(Named.of("a byte after the end", PictureSamples.followedBy(jpeg, new byte[1])), 64, 48),
                Arguments.of(
                        Named.of("a second picture", PictureSamples.followedBy(jpeg, TestPictures.jpeg(9, 9))), 64, 48),
                Arguments.of(Named.of("a thumbnail", thumbnail), 64, 48),
                Arguments.of(Named.of("a comment", PictureSamples.segment(jpeg, 0xFE, new byte[65533])), 64, 48));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aPictureThatIsCutAnywhereIsRefused(byte[] jpeg) {
        for (int length = 3; length < jpeg.length; length++) {
            assertThat(refusal(Arrays.copyOf(jpeg, length)))
                    .as("cut to %d of %d bytes", length, jpeg.length)
                    .isEqualTo("photo.jpg is a JPEG that was cut short or is damaged; was it still being written?"
                            + " (option readLock of the consumer)" + NOTHING);
        }
    }

    static Stream<Named<byte[]>> pictures() {
        return Stream.of(
                Named.of("baseline", TestPictures.jpeg(20, 20)),
                Named.of("progressive", PictureSamples.progressive(PictureSamples.picture(20, 20))),
                Named.of(
                        "a thumbnail",
                        PictureSamples.segment(TestPictures.jpeg(16, 16), 0xE1, TestPictures.jpeg(8, 8))));
    }

    @Test
    void aHalfWrittenFileThatHasItsFullLengthAlreadyIsRefused() {
        byte[] jpeg = TestPictures.jpeg(40, 40);
        byte[] padded = Arrays.copyOf(Arrays.copyOf(jpeg, jpeg.length / 2), jpeg.length);

        assertThat(refusal(padded)).contains("was cut short");
    }

    @Test
    void aPictureThatIsTooLargeSaysHowLargeItIsAndMayBe() {
        assertThat(refusal(TestPictures.jpeg(6001, 1)))
                .isEqualTo("photo.jpg has 6001 x 1 px, but the API takes at most 6000 px on its largest side; scale it"
                        + " down first" + NOTHING);
        assertThat(refusal(TestPictures.jpeg(1, 6001))).contains("has 1 x 6001 px");
    }

    @Test
    void aFirstRefinementTakesLess() {
        Content allowed = Content.of("photo.jpg", TestPictures.jpeg(1920, 1));
        Content large = Content.of("photo.jpg", TestPictures.jpeg(1921, 1));

        assertThat(ImageInspector.requireJpeg(allowed, ImageInspector.MAX_REFINED_SIDE)
                        .largestSide())
                .isEqualTo(1920);
        assertThat(refusal(() -> ImageInspector.requireJpeg(large, ImageInspector.MAX_REFINED_SIDE)))
                .hasMessage("photo.jpg has 1921 x 1 px, but a first refinement takes at most 1920 px on its largest"
                        + " side; scale it down first" + NOTHING);
    }

    @ParameterizedTest
    @MethodSource("otherPictures")
    void anotherPictureIsNamedAsWhatItIs(byte[] bytes, String what) {
        assertThat(refusal(bytes))
                .isEqualTo("photo.jpg is " + what + "; the API takes only JPEG, so convert it first" + NOTHING);
    }

    static Stream<Arguments> otherPictures() {
        return Stream.of(
                Arguments.of(PictureSamples.as("png"), "a PNG picture"),
                Arguments.of(PictureSamples.as("gif"), "a GIF picture"),
                Arguments.of(PictureSamples.as("bmp"), "a BMP picture"),
                Arguments.of(PictureSamples.as("tiff"), "a TIFF picture"),
                Arguments.of(bytes("II*\u0000rest"), "a TIFF picture"),
                Arguments.of(bytes("MM\u0000*rest"), "a TIFF picture"),
                Arguments.of(bytes("RIFF\u0001\u0002\u0003\u0004WEBPVP8 "), "a WebP picture"));
    }

    @ParameterizedTest
    @MethodSource("otherFiles")
    void anythingElseIsNamedAsWhatItIsWithWhatToDo(byte[] bytes, String what) {
        assertThat(refusal(bytes)).isEqualTo("photo.jpg is " + what + NOTHING);
    }

    static Stream<Arguments> otherFiles() {
        String unknown = "not a known kind of picture; convert it to JPEG first";
        String text = "a text; put a picture in its place";
        String html = "an HTML page; perhaps an error page that was downloaded in place of the picture: get the picture"
                + " itself";
        String heic = "an HEIC picture, as taken by phones; Java can't decode it, so convert it to JPEG first; phones"
                + " have a setting to take JPEG";
        String zip = "an archive or an office document; unpack it first, or export its pictures";
        return Stream.of(
                Arguments.of(bytes("\0\0\0\u0018ftypheic\0\0\0\0mif1heic"), heic),
                Arguments.of(bytes("\0\0\0\u0018ftypmif1\0\0\0\0heic"), heic),
                Arguments.of(bytes("\0\0\0\u0018ftypavif\0\0\0\0"), "an AVIF picture; convert it to JPEG first"),
                Arguments.of(bytes("\0\0\0\u0018ftypmif1\0\0\0\0avif"), "an AVIF picture; convert it to JPEG first"),
                Arguments.of(bytes("\0\0\0\u0018ftypisom\0\0\2\0"), "a clip; send it to dewatermark:video"),
                Arguments.of(bytes("\u001AE\u00DF\u00A3webm"), "a clip; send it to dewatermark:video"),
                Arguments.of(bytes("RIFF\u0001\u0002\u0003\u0004AVI LIST"), "a clip; send it to dewatermark:video"),
                Arguments.of(bytes("\u00FF\n\u00FA\u001F"), "a JPEG XL picture; convert it to JPEG first"),
                Arguments.of(bytes("\0\0\0\fjP  \r\n\u0087\n"), "a JPEG 2000 picture; convert it to JPEG first"),
                Arguments.of(bytes("8BPS\0\1"), "a Photoshop document; export it as JPEG or PNG first"),
                Arguments.of(bytes("II+\0\b\0\0\0"), "a BigTIFF picture; save it as an ordinary TIFF or JPEG first"),
                Arguments.of(bytes("PK\u0003\u0004..."), zip),
                Arguments.of(
                        bytes("<?xml version='1.0'?>\n<svg xmlns='http://www.w3.org/2000/svg'>"),
                        "an SVG drawing; export it as PNG first"),
                Arguments.of(bytes("%PDF-1.7 ..."), "a PDF document; send it to dewatermark:pdf"),
                Arguments.of(bytes("<!DOCTYPE html><html>"), html),
                Arguments.of(bytes("  <HTML lang=de>"), html),
                Arguments.of(bytes("just some text"), text),
                Arguments.of(bytes("x"), text),
                Arguments.of(bytes("RIFF\u0001\u0002\u0003\u0004WAVEfmt "), unknown),
                Arguments.of(new byte[1000], unknown),
                Arguments.of(bytes("\u00FF\u00D8"), unknown));
    }

    @Test
    void anEmptyFileIsNamedSo() {
        assertThat(refusal(new byte[0])).isEqualTo("photo.jpg is empty" + NOTHING);
    }

    @Test
    void aJpegByItsFirstBytesOnlyIsBroken() {
        assertThat(refusal(bytes("\u00FF\u00D8\u00FF\u00D9")))
                .isEqualTo(
                        "photo.jpg is a broken JPEG (no frame header before the picture data); get it again or save it again"
                                + NOTHING);
        assertThat(refusal(bytes("\u00FF\u00D8\u00FF\u00E0\u0000\u0001\u00FF\u00D9")))
                .isEqualTo(
                        "photo.jpg is a broken JPEG (a segment has an impossible length); get it again or save it again"
                                + NOTHING);
        assertThat(refusal(bytes("\u00FF\u00D8\u00FF\u00E0\u0000\u0003xyz")))
                .startsWith("photo.jpg is a JPEG that was cut short or is damaged");
    }

    @Test
    void aFrameThatIsShorterThanItsFieldsIsBroken() {
        assertThat(refusal(bytes("\u00FF\u00D8\u00FF\u00C0\u0000\u0003\u0008\u0000\u0010\u0000\u0010\u00FF\u00D9")))
                .isEqualTo(
                        "photo.jpg is a broken JPEG (a segment has an impossible length); get it again or save it again"
                                + NOTHING);
    }

    @Test
    void aJpegWithoutASizeIsRefused() {
        // the height may come later (DNL), but hardly anyone reads that
        assertThat(refusal(bytes(
                        "\u00FF\u00D8\u00FF\u00C0\u0000\u000B\u0008\u0000\u0000\u0000\u0010\u0001\u0001\u0011\u0000"
                                + "\u00FF\u00D9")))
                .isEqualTo("photo.jpg is a JPEG without a size" + NOTHING);
    }

    @Test
    void aFileThatIsGoneSaysSo(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("photo.jpg"), TestPictures.jpeg(2, 2));
        Content content = Content.of(file);
        Files.delete(file);

        assertThat(refusal(() -> ImageInspector.requireJpeg(content, 6000)))
                .hasMessageStartingWith("photo.jpg can't be read (java.nio.file.NoSuchFileException: ")
                .hasMessageEndingWith(NOTHING)
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    void aDiskThatFailsIsNotABrokenJpeg() {
        byte[] jpeg = TestPictures.jpeg(9, 9);
        Content share = new TestContent("photo.jpg", jpeg.length, before -> {
            if (before > 0) {
                throw new IOException("the share is gone");
            }
            return new ByteArrayInputStream(jpeg);
        });

        assertThat(refusal(() -> ImageInspector.requireJpeg(share, 6000)))
                .hasMessage("photo.jpg can't be read (java.io.IOException: the share is gone)" + NOTHING)
                .hasCauseInstanceOf(IOException.class);
    }

    private static String refusal(byte[] bytes) {
        return refusal(() -> ImageInspector.requireJpeg(Content.of("photo.jpg", bytes), ImageInspector.MAX_SIDE))
                .getMessage();
    }

    private static DewatermarkInputException refusal(ThrowingCallable check) {
        DewatermarkInputException e = catchThrowableOfType(DewatermarkInputException.class, check);
        assertThat(e).isNotNull();
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isFalse();
        assertThat(e.operation()).isEqualTo("erase");
        return e;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    /** As that decides how much heap is set aside for it. */
    @ParameterizedTest
    @CsvSource({"TYPE_BYTE_GRAY, 2, 2", "TYPE_USHORT_GRAY, 2, 4", "TYPE_3BYTE_BGR, 6, 4"})
    void aTransparentColourOfAPngCountsAsASample(String type, int length, int bytes) throws Exception {
        int number = BufferedImage.class.getField(type).getInt(null);
        byte[] png = PictureSamples.chunk(
                PictureSamples.written(PictureSamples.picture(8, 8, number), "png"), "tRNS", new byte[length]);

        assertThat(ImageInspector.inspect(Content.of("photo.png", png)).pixels().bytesPerPixel())
                .isEqualTo(bytes)
                .isEqualTo(ImageIO.read(new ByteArrayInputStream(png))
                                .getColorModel()
                                .getPixelSize()
                        / 8);
    }
}
