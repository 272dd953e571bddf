package io.github.cameldewatermark.image.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.TestContent;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is sent as a brush, and what is refused. */
class BrushTest {

    private static final String NOTHING = ". Nothing was sent, nothing was charged.";

    @Test
    void aRegionIsSentAsAPngOfTheSizeOfThePicture() throws IOException {
        Content png = MaskRegion.parse("bottom-right:50%x50%").png("photo.jpg", 6, 4);

        assertThat(drawn(png)).containsExactly("......", "......", "...###", "...###");
    }

    @Test
    void aRegionOutsideOfThePictureIsRefusedWithTheSizeOfThePicture() {
        Brush brush = MaskRegion.parse("1,1,5,5; 700,20,30,40");

        assertThat(refusal(brush, 640, 480))
                .isEqualTo("photo.jpg has 640 x 480 px, and 700,20,30,40 of the region is outside it" + NOTHING);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsRatherWhiteIsMarkedInAPictureOfAnyKind(byte[] mask) throws IOException {
        assertThat(drawn(Brush.of(Content.of("m", mask)).png("photo.jpg", 16, 16)))
                .allMatch(row -> row.equals("########........"))
                .hasSize(16);
    }

    static Stream<Named<byte[]>> kinds() {
        return Stream.of(
                Named.of("PNG, 1 bit", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_BINARY), "png")),
                Named.of("PNG, grey", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png")),
                Named.of("PNG, 16 bit", TestPictures.encoded(leftHalf(BufferedImage.TYPE_USHORT_GRAY), "png")),
                Named.of("PNG, colours", TestPictures.encoded(leftHalf(BufferedImage.TYPE_INT_RGB), "png")),
                Named.of("PNG, palette", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_INDEXED), "png")),
                Named.of("PNG, alpha", TestPictures.encoded(leftHalf(BufferedImage.TYPE_INT_ARGB), "png")),
                Named.of(
                        "PNG, white all over, but half of it transparent",
                        TestPictures.encoded(halfTransparent(), "png")),
                Named.of("JPEG", TestPictures.encoded(leftHalf(BufferedImage.TYPE_INT_RGB), "jpg")),
                Named.of("JPEG, grey", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "jpg")),
                Named.of("GIF", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_INDEXED), "gif")),
                Named.of("BMP", TestPictures.encoded(leftHalf(BufferedImage.TYPE_3BYTE_BGR), "bmp")),
                Named.of("TIFF", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_BINARY), "tiff")));
    }

    @ParameterizedTest
    @CsvSource({"127, false", "128, true"})
    void greyIsMarkedFromTheMiddleOn(int level, boolean marked) {
        BufferedImage grey = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        grey.getRaster().setPixels(0, 0, 2, 1, new int[] {255, level});
        BufferedImage colours = new BufferedImage(2, 1, BufferedImage.TYPE_INT_RGB);
        colours.setRGB(0, 0, 0xFFFFFF);
        colours.setRGB(1, 0, new Color(level, level, level).getRGB());
        BufferedImage palette = new BufferedImage(
                2,
                1,
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(
                        8, 2, new byte[] {-1, (byte) level}, new byte[] {-1, (byte) level}, new byte[] {-1, (byte) level
                        }));
        palette.getRaster().setPixels(0, 0, 2, 1, new int[] {0, 1});

        for (BufferedImage image : Arrays.asList(grey, colours, palette)) {
            BrushMask mask = Brush.of(Content.of("m", TestPictures.encoded(image, "png")))
                    .mask("photo.jpg", 2, 1);
            assertThat(mask.has(1, 0)).as("type %d", image.getType()).isEqualTo(marked);
        }
    }

    @Test
    void coloursCountByTheirLuminance() {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, Color.GREEN.getRGB());
        image.setRGB(1, 0, Color.RED.getRGB());
        image.setRGB(2, 0, Color.BLUE.getRGB());

        assertThat(BrushMaskTest.drawn(Brush.of(Content.of("m", TestPictures.encoded(image, "png")))
                        .mask("p", 3, 1)))
                .containsExactly("#..");
    }

    @Test
    void aPngThatFitsIsSentByteForByte() throws IOException {
        for (int type :
                new int[] {BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_INT_RGB}) {
            Content mask = Content.of("m", TestPictures.encoded(leftHalf(type), "png"));

            assertThat(Brush.of(mask).png("photo.jpg", 16, 16)).isSameAs(mask);
        }
    }

    @Test
    void aPngWithTransparentPartsIsMadeOpaque() throws IOException {
        Content sent = Brush.of(Content.of("m", TestPictures.encoded(halfTransparent(), "png")))
                .png("photo.jpg", 16, 16);

        BufferedImage image = image(sent);
        assertThat(image.getColorModel().hasAlpha()).isFalse();
        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    }

    @ParameterizedTest
    @CsvSource({"32, 32", "160, 160", "8, 8", "1000, 1000", "17, 17", "100, 101", "50, 49"})
    void aMaskIsScaledToThePicture(int width, int height) throws IOException {
        BufferedImage sent =
                image(Brush.of(Content.of("m", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png")))
                        .png("p", width, height));

        assertThat(sent.getWidth()).isEqualTo(width);
        assertThat(sent.getHeight()).isEqualTo(height);
        int half = (width + 1) / 2;
        assertThat(sent.getRaster().getSample(half - 1, height - 1, 0)).isEqualTo(255);
        assertThat(sent.getRaster().getSample(half, height - 1, 0)).isZero();
    }

    @Test
    void aMaskOfAnotherShapeIsRefusedWithBothSizes() {
        Brush brush =
                Brush.of(Content.of("brush.png", TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png")));

        assertThat(refusal(brush, 640, 480))
                .isEqualTo("brush.png has 16 x 16 px, which is a different shape from photo.jpg with 640 x 480 px"
                        + NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "1280, 853, 1920, 1280, true",
        "1000, 1000, 1000, 1020, true",
        "1000, 1000, 1000, 1025, false",
        "1000, 1000, 1025, 1000, false",
        "3, 2, 6000, 4004, true",
        "1000, 500, 500, 1000, false"
    })
    void theShapeMayDifferByWhatRoundingMakes(int maskWidth, int maskHeight, int width, int height, boolean fits) {
        BufferedImage white = new BufferedImage(maskWidth, maskHeight, BufferedImage.TYPE_BYTE_BINARY);
        white.setRGB(0, 0, 0xFFFFFF);
        Brush brush = Brush.of(Content.of("m", TestPictures.encoded(white, "png")));

        assertThat(catchThrowableOfType(DewatermarkInputException.class, () -> brush.png("p", width, height)) == null)
                .isEqualTo(fits);
    }

    @Test
    void aMaskThatMarksNothingIsRefused() {
        BufferedImage black = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
        black.getRaster().setSample(3, 3, 0, 127);

        assertThat(refusal(Brush.of(Content.of("brush.png", TestPictures.encoded(black, "png"))), 16, 16))
                .isEqualTo(
                        "brush.png marks nothing: what is to be erased must be white, and not transparent" + NOTHING);
    }

    @ParameterizedTest
    @CsvSource({
        "'', is empty",
        "just some text, is a text",
        "%PDF-1.7 and so on, is a PDF document",
        "<html>, is ",
    })
    void whatIsNoMaskIsNamedAsWhatItIs(String content, String problem) {
        Content mask = Content.of("brush.png", content.getBytes(StandardCharsets.ISO_8859_1));

        assertThat(refusal(mask, 16, 16)).startsWith("brush.png " + problem).endsWith(NOTHING);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBrokenMaskIsRefused(byte[] mask) {
        for (int length = 1; length < mask.length * 9 / 10; length += 7) {
            Content cut = Content.of("brush.png", Arrays.copyOf(mask, length));
            // some decoders deliver what they have, which is as good as a mask that looks like that
            DewatermarkInputException error = catchThrowableOfType(
                    DewatermarkInputException.class, () -> Brush.of(cut).mask("photo.jpg", 16, 16));
            if (error != null) {
                assertThat(error).hasMessageStartingWith("brush.png ").hasMessageEndingWith(NOTHING);
            }
        }
    }

    @Test
    @Timeout(60)
    void aMaskWhoseDecoderWouldGoOnAfterItsEndIsRefused() {
        byte[] mask = TestPictures.resource("/io/github/cameldewatermark/image/pixel/ImageConverterFuzzTestInputs"
                + "/aPictureIsConvertedOrRefused/endless.webp");

        assertThat(refusal(Content.of("brush.webp", mask), 96, 64))
                .startsWith("brush.webp can't be decoded, because it is broken or a rare kind of WEBP (it ends early)")
                .endsWith(NOTHING);
    }

    @Test
    void aFileThatIsGoneIsRefused(@TempDir Path folder) throws IOException {
        Path file = Files.write(
                folder.resolve("brush.png"), TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png"));
        Content content = Content.of(file);
        Brush brush = Brush.of(content);
        Files.delete(file);

        assertThat(refusal(brush, 16, 16)).startsWith("brush.png can't be ");
        assertThat(refusal(content, 16, 16)).startsWith("brush.png can't be read (");
    }

    @Test
    void theHeaderOfABombIsEnoughToRefuseIt() {
        byte[] png = TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png");
        ByteBuffer header = ByteBuffer.wrap(png).putInt(16, 100_000).putInt(20, 100_000);
        CRC32 checksum = new CRC32();
        checksum.update(png, 12, 17);
        header.putInt(29, (int) checksum.getValue());

        assertThat(refusal(Content.of("brush.png", png), 16, 16))
                .startsWith("brush.png ")
                .contains("100000 x 100000 px");
    }

    @Test
    void aMaskOfTheLargestPictureTakesLittleMemory() {
        int side = Thorough.of(6000, 2400);
        BufferedImage mask = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        Graphics2D g = mask.createGraphics();
        g.fillRect(side * 2 / 3, side * 5 / 6, side / 4, side / 10);
        g.dispose();
        Content content = Content.of("m", TestPictures.encoded(mask, "png"));

        assertThat(Brush.of(content).png("p", side, side)).isSameAs(content);
        assertThat(Brush.of(content).mask("p", 1920, 1920).bounds(new Rectangle(0, 1700, 1920, 1)).x)
                .isEqualTo(1280);
    }

    @Test
    void theBrushOfAllPicturesIsReadOnce() throws IOException {
        byte[] png = TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png");
        TestContent mask = new TestContent("brush.png", png.length, before -> new ByteArrayInputStream(png));
        Brush brush = Brush.ofAll(mask);
        int before = mask.opened();

        brush.png("photo.jpg", 100, 100);
        brush.mask("photo.jpg", 101, 101);

        assertThat(mask.opened()).isEqualTo(before);
    }

    @Test
    void theBrushOfAllPicturesIsRefusedAtOnceIfItMarksNothing() {
        byte[] black = TestPictures.encoded(new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY), "png");

        assertThat(refusal(() -> Brush.ofAll(Content.of("brush.png", black)))).startsWith("brush.png marks nothing");
    }

    /** The second header is no more than a claim, but the last that is read of it. */
    @Test
    void aMaskOfAnotherSizeThanItSaysIsRefused() {
        byte[] png = TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png");
        byte[] eightByEight = {0, 0, 0, 8, 0, 0, 0, 8, 8, 0, 0, 0, 0};

        assertThat(refusal(Content.of("brush.png", PictureSamples.chunk(png, "IHDR", eightByEight)), 8, 8))
                .startsWith(
                        "brush.png can't be decoded, because it is broken or a rare kind of PNG (its size is not the one in its header)");
    }

    @Test
    void aMaskThatTakesMoreHeapThanThereIsIsAnInputError() {
        byte[] png = TestPictures.encoded(leftHalf(BufferedImage.TYPE_BYTE_GRAY), "png");
        Content mask = new TestContent("brush.png", png.length, before -> {
            if (before > 1) { // its kind and its header were read by then
                throw new OutOfMemoryError("Java heap space");
            }
            return new ByteArrayInputStream(png);
        });

        assertThat(refusal(mask, 16, 16)).startsWith("brush.png needs more heap to be decoded than there is");
    }

    private static String refusal(Content mask, int width, int height) {
        return refusal(() -> Brush.of(mask).png("photo.jpg", width, height));
    }

    private static String refusal(Brush brush, int width, int height) {
        return refusal(() -> brush.png("photo.jpg", width, height));
    }

    private static String refusal(ThrowingCallable call) {
        DewatermarkInputException error = catchThrowableOfType(DewatermarkInputException.class, call);
        assertThat(error).isNotNull();
        assertThat(error.billed()).isEqualTo(Billed.NO);
        return error.getMessage();
    }

    private static BufferedImage leftHalf(int type) {
        BufferedImage image = TestPictures.plain(16, 16, Color.BLACK, type);
        Graphics2D g = image.createGraphics();
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 8, 16);
        g.dispose();
        return image;
    }

    private static BufferedImage halfTransparent() {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setComposite(AlphaComposite.Src);
        g.setColor(Color.WHITE);
        g.fillRect(0, 0, 16, 16);
        g.setColor(new Color(255, 255, 255, 100));
        g.fillRect(8, 0, 8, 16);
        g.dispose();
        return image;
    }

    private static BufferedImage image(Content content) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(content.open().readAllBytes()));
    }

    private static String[] drawn(Content png) throws IOException {
        return BrushMaskTest.drawn(
                MaskReader.read(png, ImageInspector.inspect(png)).mask());
    }
}
