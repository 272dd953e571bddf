package io.github.cameldewatermark.image.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that viewers show though they aren't as they should be, and others that only look like pictures. */
class UnusualPicturesTest {

    private static final int WHITE = 0xFFFFFF;
    private static final int ADOBE_SEGMENT = 16;
    private static final byte[] GREYS = new byte[16];

    static {
        for (int i = 0; i < 16; i++) {
            GREYS[i] = (byte) (17 * i);
        }
    }

    private final byte[] jpeg = PictureSamples.jpeg(PictureSamples.picture(320, 240));

    @ParameterizedTest
    @ValueSource(strings = {"junk-before-a-segment.jpg", "no-end-but-whole.jpg", "no-end-then-trailer-with-a-clip.jpg"})
    void aJpegThatIsNotWellFormedButWholeIsConverted(String name) {
        Content picture = unusual(name);
        assertThat(ImageInspector.inspect(picture).isJpegForApi()).isFalse();

        BufferedImage decoded = decoded(picture);

        assertThat(decoded.getWidth()).isEqualTo(320);
        assertThat(decoded.getHeight()).isEqualTo(240);
        // the lower right corner would be grey if anything was missing
        assertThat(decoded.getRGB(319, 239))
                .isEqualTo(decoded(unusual("no-end-but-whole.jpg")).getRGB(319, 239));
    }

    @Test
    void nothingOfAJpegWithoutEndIsLost() {
        BufferedImage whole = decoded(Content.of("photo.jpg", jpeg));
        byte[] trailer = new byte[5000];
        new Random(1).nextBytes(trailer);

        assertSame(decoded(Content.of("photo.jpg", Arrays.copyOf(jpeg, jpeg.length - 2))), whole);
        assertSame(decoded(Content.of("photo.jpg", withTail(jpeg.length - 2, trailer))), whole);
    }

    /** The decoder would take it for RGB, unlike viewers and the platform. */
    @Test
    void aJpegThatDoesNotSayItsColoursHasThoseOfOthers() throws IOException {
        byte[] usual = PictureSamples.fullChroma(PictureSamples.picture(320, 240));
        byte[] bare = withoutJfif(usual);
        for (int id = 0; id < 3; id++) {
            bare[after(bare, 0xC0) + 8 + 3 * id] = (byte) id;
            bare[after(bare, 0xDA) + 3 + 2 * id] = (byte) id;
        }

        assertSame(decoded(Content.of("photo.jpg", bare)), decoded(Content.of("photo.jpg", usual)));
    }

    private static byte[] withoutJfif(byte[] jpeg) {
        byte[] bare = Arrays.copyOfRange(jpeg, 18, jpeg.length);
        bare[0] = jpeg[0];
        bare[1] = jpeg[1];
        return bare;
    }

    /** Returns the position after a marker. */
    private static int after(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | jpeg[at + 3] & 0xFF);
        }
        return at + 2;
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 50, 500, 2000, 7000})
    void aJpegThatWasCutShortIsRefused(int missing) {
        assertRefused(
                Content.of("photo.jpg", Arrays.copyOf(jpeg, jpeg.length - missing)),
                "photo.jpg is a JPEG that was cut short or is damaged; was it still being written?"
                        + " (option readLock of the consumer). Nothing was sent, nothing was charged.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            12-bit.jpg   | is a JPEG with 12 bits per sample, which hardly any program can read
            lossless.jpg | is a JPEG of a lossless, arithmetic or hierarchical process, which hardly any program can read
            """)
    void aJpegOfARareProcessIsRefusedAlsoIfItNeedNotBeConverted(String name, String what) {
        String message =
                name + " " + what + "; save it as an ordinary JPEG first. Nothing was sent, nothing was charged.";
        assertRefused(unusual(name), message);
        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> ImageInspector.requireJpeg(unusual(name), ImageInspector.MAX_SIDE))
                .withMessage(message);
    }

    @Test
    void aJpegInCmykThatDoesNotSaySoIsRefused() {
        byte[] cmyk = PictureSamples.cmykJpeg(96, 64);
        byte[] without = Arrays.copyOf(cmyk, cmyk.length - ADOBE_SEGMENT);
        System.arraycopy(cmyk, 2 + ADOBE_SEGMENT, without, 2, without.length - 2);

        decoded(Content.of("photo.jpg", cmyk));
        assertRefused(
                Content.of("photo.jpg", without),
                "photo.jpg is a JPEG of four colours that doesn't say which (no Adobe segment); save it as a JPEG in RGB"
                        + " first. Nothing was sent, nothing was charged.");
    }

    @Test
    void aGifIsShownOnItsWholeCanvas() {
        BufferedImage decoded = decoded(unusual("small-frame-on-large-canvas.gif"));

        assertThat(decoded.getWidth()).isEqualTo(100);
        assertThat(decoded.getHeight()).isEqualTo(60);
        assertThat(rgb(decoded, 0, 0)).isEqualTo(WHITE);
        assertThat(rgb(decoded, 99, 59)).isEqualTo(WHITE);
        long coloured = IntStream.range(0, 6000)
                .filter(i -> rgb(decoded, i % 100, i / 100) != WHITE)
                .count();
        assertThat(coloured).isBetween(1L, 600L);
    }

    @Test
    void theProfileOfAPaletteIsApplied() {
        assertSame(decoded(unusual("palette.png")), decoded(unusual("rgb.png")));
    }

    @Test
    void theProfileOfFewGreysIsApplied() {
        BufferedImage grey = PictureSamples.picture(48, 20, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage fewGreys = new BufferedImage(
                48, 20, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(4, 16, GREYS, GREYS, GREYS));
        for (int i = 0; i < 48 * 20; i++) {
            int level = grey.getRaster().getSample(i % 48, i / 48, 0) / 17;
            fewGreys.getRaster().setSample(i % 48, i / 48, 0, level);
            grey.getRaster().setSample(i % 48, i / 48, 0, level * 17);
        }
        byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_GRAY).getData();

        assertSame(
                decoded(Content.of(
                        "few.png", PictureSamples.profiledPng(PictureSamples.written(fewGreys, "png"), profile))),
                decoded(Content.of(
                        "all.png", PictureSamples.profiledPng(PictureSamples.written(grey, "png"), profile))));
    }

    @Test
    void theProfileOfAWebpIsAppliedOnce() {
        byte[] plain = PictureSamples.written(
                decoded(Content.of("photo.webp", TestPictures.resource("/pictures/lossy.webp"))), "png");

        assertSame(
                decoded(unusual("profile.webp")),
                decoded(Content.of("photo.png", PictureSamples.profiledPng(plain, PictureSamples.linearProfile()))));
    }

    @Test
    void aLossyWebpHasItsColours() {
        BufferedImage decoded = decoded(unusual("gradient.webp"));

        assertThat(rgb(decoded, 10, 10)).isEqualTo(0x8F76AC);
        assertThat(rgb(decoded, 390, 290)).isEqualTo(0x9176AC);
        assertThat(rgb(decoded, 200, 150)).isEqualTo(0x2B0B9C);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "gif", "tiff", "webp", "jpeg"})
    void aPictureOfWhichTheLastPartIsZerosIsRefused(String format) {
        byte[] whole =
                switch (format) {
                    case "webp" -> TestPictures.resource("/pictures/unusual/gradient.webp");
                    case "jpeg" -> jpeg;
                    case "gif" ->
                        PictureSamples.written(
                                PictureSamples.picture(320, 240, BufferedImage.TYPE_BYTE_INDEXED), "gif");
                    default -> PictureSamples.written(PictureSamples.picture(320, 240), format);
                };
        byte[] half = whole.clone();
        Arrays.fill(half, whole.length / 2, whole.length, (byte) 0);

        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> decoded(Content.of("photo", half)))
                .withMessageEndingWith("Nothing was sent, nothing was charged.");
        decoded(Content.of("photo", whole));
    }

    @Test
    void blackAtTheEndOfABmpIsNoReasonToRefuseIt() {
        BufferedImage picture = PictureSamples.picture(321, 240);
        picture.createGraphics().clearRect(0, 0, 321, 41); // a BMP is stored from the bottom up

        assertThat(rgb(decoded(Content.of("photo.bmp", PictureSamples.written(picture, "bmp"))), 160, 20))
                .isZero();
    }

    @Test
    void whatIsTransparentEverywhereIsRefused() {
        BufferedImage nothing = new BufferedImage(40, 30, BufferedImage.TYPE_INT_ARGB);

        assertRefused(
                Content.of("photo.png", PictureSamples.written(nothing, "png")),
                "photo.png is transparent everywhere; save it without an alpha channel first."
                        + " Nothing was sent, nothing was charged.");
    }

    private static Content unusual(String name) {
        return Content.of(name, TestPictures.resource("/pictures/unusual/" + name));
    }

    private byte[] withTail(int length, byte[] tail) {
        byte[] all = Arrays.copyOf(jpeg, length + tail.length);
        System.arraycopy(tail, 0, all, length, tail.length);
        return all;
    }

    private static BufferedImage decoded(Content picture) {
        PictureInfo info = ImageInspector.inspect(picture);
        return new ImageConverter(picture, info, ImageInspector.MAX_SIDE).decode();
    }

    private static void assertRefused(Content picture, String message) {
        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> decoded(picture))
                .withMessage(message);
    }

    private static void assertSame(BufferedImage one, BufferedImage other) {
        assertThat(pixels(one)).isEqualTo(pixels(other));
    }

    private static int[] pixels(BufferedImage picture) {
        return picture.getRGB(0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
    }

    private static int rgb(BufferedImage picture, int x, int y) {
        return picture.getRGB(x, y) & WHITE;
    }
}
