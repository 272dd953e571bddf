package io.github.cameldewatermark.image.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.PictureSamples;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.awt.image.BufferedImage;
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
