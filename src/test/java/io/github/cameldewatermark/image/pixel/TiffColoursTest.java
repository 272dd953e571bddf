package io.github.cameldewatermark.image.pixel;

import static io.github.cameldewatermark.image.TestTiff.ADOBE_DEFLATE;
import static io.github.cameldewatermark.image.TestTiff.CMYK;
import static io.github.cameldewatermark.image.TestTiff.DEFLATE;
import static io.github.cameldewatermark.image.TestTiff.GREY;
import static io.github.cameldewatermark.image.TestTiff.JPEG;
import static io.github.cameldewatermark.image.TestTiff.LZW;
import static io.github.cameldewatermark.image.TestTiff.NONE;
import static io.github.cameldewatermark.image.TestTiff.PACK_BITS;
import static io.github.cameldewatermark.image.TestTiff.PALETTE;
import static io.github.cameldewatermark.image.TestTiff.RGB;
import static io.github.cameldewatermark.image.TestTiff.WHITE_IS_ZERO;
import static io.github.cameldewatermark.image.TestTiff.YCBCR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.TestTiff;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.testkit.PictureSamples;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each layout of a TIFF comes out in the colours that were put in, or is refused. */
class TiffColoursTest {

    private static final int FILL_ORDER = 266;
    private static final int PLANES = 284;
    private static final int PREDICTOR = 317;
    private static final int INK_SET = 332;
    private static final int SAMPLE_FORMAT = 339;
    private static final int PROFILE = 34675;

    /** Colours that a change of channels, a negative or a wrong number of bits would change, each a step of a cube of colours. */
    private static final BufferedImage COLOURS = picture(x -> new Color(x / 11 * 51, 255 - x / 11 * 51, 102));

    private static final BufferedImage BLACK_AND_WHITE = picture(x -> x < 30 ? Color.BLACK : Color.WHITE);

    @ParameterizedTest(name = "{0}")
    @MethodSource("proven")
    void coloursComeOutAsTheyWere(String name, TestTiff tiff, BufferedImage expected, int tolerance) {
        BufferedImage decoded = decoded(tiff);
        assertThat(difference(decoded, expected)).isLessThanOrEqualTo(tolerance);
    }

    static Stream<Arguments> proven() {
        return Stream.of(NONE, LZW, ADOBE_DEFLATE, DEFLATE, PACK_BITS)
                .flatMap(TiffColoursTest::proven)
                .flatMap(tiff -> Stream.of(tiff, bigEndian(tiff)));
    }

    private static Stream<Arguments> proven(int compression) {
        boolean predicts = compression != NONE && compression != PACK_BITS;
        Stream<Arguments> layouts = Stream.concat(
                IntStream.of(1, 2, 4, 8, 16)
                        .boxed()
                        .flatMap(bits -> Stream.of(
                                grey("white is zero, " + bits, new TestTiff(BLACK_AND_WHITE, WHITE_IS_ZERO, bits)),
                                grey("grey, " + bits, new TestTiff(BLACK_AND_WHITE, GREY, bits)),
                                bits < 8
                                        ? grey("palette, " + bits, new TestTiff(BLACK_AND_WHITE, PALETTE, bits))
                                        : colour("palette, " + bits, new TestTiff(COLOURS, PALETTE, bits)))),
                IntStream.of(8, 16)
                        .boxed()
                        .flatMap(bits -> Stream.of(
                                grey("grey, alpha, " + bits, new TestTiff(BLACK_AND_WHITE, GREY, bits).extra(2)),
                                colour("RGB, " + bits, new TestTiff(COLOURS, RGB, bits)),
                                colour("RGB, planes, " + bits, new TestTiff(COLOURS, RGB, bits).with(PLANES, 2)),
                                colour("RGB, alpha, " + bits, new TestTiff(COLOURS, RGB, bits).extra(2)),
                                colour("RGB, alpha in, " + bits, new TestTiff(COLOURS, RGB, bits).extra(1)))));
        Stream<Arguments> ofEight = Stream.of(
                colour("CMYK", new TestTiff(COLOURS, CMYK, 8)),
                colour("CMYK, planes", new TestTiff(COLOURS, CMYK, 8).with(PLANES, 2)));
        Stream<Arguments> predicted = Stream.of(
                grey("grey, differences", new TestTiff(BLACK_AND_WHITE, GREY, 8).with(PREDICTOR, 2)),
                colour("RGB, differences", new TestTiff(COLOURS, RGB, 8).with(PREDICTOR, 2)),
                colour(
                        "RGB, alpha, differences",
                        new TestTiff(COLOURS, RGB, 8).extra(2).with(PREDICTOR, 2)));
        return Stream.of(layouts, ofEight, predicts ? predicted : Stream.<Arguments>empty())
                .flatMap(each -> each)
                .map(arguments -> {
                    Object[] all = arguments.get();
                    ((TestTiff) all[1]).compressed(compression);
                    return Arguments.of(all[0] + ", compression " + compression, all[1], all[2], all[3]);
                });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jpegs")
    void coloursOfAJpegWithinComeOutNearly(String name, TestTiff tiff, BufferedImage expected) {
        assertThat(difference(decoded(tiff), expected)).isLessThanOrEqualTo(16);
    }

    static Stream<Arguments> jpegs() {
        return Stream.of(
                Arguments.of("grey", new TestTiff(BLACK_AND_WHITE, GREY, 8).compressed(JPEG), BLACK_AND_WHITE),
                Arguments.of("YCbCr", new TestTiff(COLOURS, YCBCR, 8).compressed(JPEG), COLOURS));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unproven")
    void whatMayComeOutInWrongColoursIsRefused(String name, TestTiff tiff, String what) {
        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> decoded(tiff))
                .withMessage("photo.tif is a TIFF with " + what
                        + ", whose colours may come out wrong; save it as JPEG or PNG, or"
                        + " as TIFF in RGB with 8 bits, first. Nothing was sent, nothing was charged.");
    }

    static Stream<Arguments> unproven() {
        return Stream.of(
                refused("12 bits", grey(12), "colours of kind 1, 1 samples per pixel and 12 bits per sample"),
                refused("32 bits", grey(32), "colours of kind 1, 1 samples per pixel and 32 bits per sample"),
                refused(
                        "different bits",
                        new TestTiff(COLOURS, RGB, 8).with(258, 8, 8, 16),
                        "colours of kind 2, 3 samples per pixel and different bits per sample"),
                refused(
                        "negative with alpha",
                        new TestTiff(BLACK_AND_WHITE, WHITE_IS_ZERO, 8).extra(2),
                        "colours of kind 0, 2 samples per pixel and 8 bits per sample"),
                refused(
                        "palette with alpha",
                        new TestTiff(COLOURS, PALETTE, 8).extra(2),
                        "colours of kind 3, 2 samples per pixel and 8 bits per sample"),
                refused(
                        "RGB with anything",
                        new TestTiff(COLOURS, RGB, 8).extra(0),
                        "colours of kind 2, 4 samples per pixel and 8 bits per sample"),
                refused(
                        "CMYK with a profile of RGB",
                        new TestTiff(COLOURS, CMYK, 8).with(PROFILE, shorts(PictureSamples.linearProfile())),
                        "CMYK and a profile of other colours"),
                refused(
                        "CMYK with a spot colour",
                        new TestTiff(COLOURS, CMYK, 8).extra(0),
                        "colours of kind 5, 5 samples per pixel and 8 bits per sample"),
                refused(
                        "CMYK of 16 bits",
                        new TestTiff(COLOURS, CMYK, 16),
                        "colours of kind 5, 4 samples per pixel and 16 bits per sample"),
                refused(
                        "four other inks",
                        new TestTiff(COLOURS, CMYK, 8).with(INK_SET, 2),
                        "colours of kind 5, 4 samples per pixel and 8 bits per sample"),
                refused(
                        "YCbCr without JPEG",
                        new TestTiff(COLOURS, YCBCR, 8),
                        "colours of kind 6, 3 samples per pixel and 8 bits per sample"),
                refused(
                        "Lab",
                        new TestTiff(COLOURS, RGB, 8).with(262, 8),
                        "colours of kind 8, 3 samples per pixel and 8 bits per sample"),
                refused(
                        "signed samples",
                        new TestTiff(COLOURS, RGB, 8).with(SAMPLE_FORMAT, 2, 2, 2),
                        "signed or floating-point samples"),
                refused(
                        "bits the other way round",
                        grey(8).with(FILL_ORDER, 2),
                        "bits from the lowest to the highest (FillOrder)"),
                refused(
                        "differences of 16 bits",
                        new TestTiff(COLOURS, RGB, 16).with(PREDICTOR, 2).compressed(LZW),
                        "the compression 5 (predictor 2)"),
                refused(
                        "JPEG that is said to be in RGB",
                        new TestTiff(COLOURS, RGB, 8).compressed(JPEG),
                        "the compression 7 (predictor 1)"),
                refused("JPEG of negative", negativeJpeg(), "the compression 7 (predictor 1)"),
                refused("another compression", grey(8).with(259, 50_000), "the compression 50000 (predictor 1)"));
    }

    private static TestTiff negativeJpeg() {
        return new TestTiff(BLACK_AND_WHITE, WHITE_IS_ZERO, 8).compressed(JPEG);
    }

    private static TestTiff grey(int bits) {
        return new TestTiff(BLACK_AND_WHITE, GREY, bits);
    }

    private static Arguments refused(String name, TestTiff tiff, String what) {
        return Arguments.of(name, tiff, what);
    }

    private static Arguments grey(String name, TestTiff tiff) {
        return Arguments.of(name, tiff, BLACK_AND_WHITE, 0);
    }

    private static Arguments colour(String name, TestTiff tiff) {
        return Arguments.of(name, tiff, COLOURS, 1);
    }

    private static Arguments bigEndian(Arguments arguments) {
        Object[] all = arguments.get();
        return Arguments.of(all[0] + ", big endian", ((TestTiff) all[1]).copy().bigEndian(), all[2], all[3]);
    }

    private static BufferedImage decoded(TestTiff tiff) {
        Content content = Content.of("photo.tif", tiff.bytes());
        return new ImageConverter(content, ImageInspector.inspect(content), ImageInspector.MAX_SIDE).decode();
    }

    private static int difference(BufferedImage one, BufferedImage other) {
        return IntStream.range(0, one.getWidth() * one.getHeight())
                .map(i -> {
                    int a = one.getRGB(i % one.getWidth(), i / one.getWidth());
                    int b = other.getRGB(i % one.getWidth(), i / one.getWidth());
                    return IntStream.of(16, 8, 0)
                            .map(shift -> Math.abs((a >> shift & 0xFF) - (b >> shift & 0xFF)))
                            .max()
                            .orElseThrow();
                })
                .max()
                .orElseThrow();
    }

    private static BufferedImage picture(IntFunction<Color> ramp) {
        BufferedImage picture = new BufferedImage(61, 40, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = picture.createGraphics();
        for (int x = 0; x < picture.getWidth(); x++) {
            g.setColor(ramp.apply(x));
            g.fillRect(x, 0, 1, 40);
        }
        g.dispose();
        return picture;
    }

    private static long[] shorts(byte[] bytes) {
        ShortBuffer shorts =
                ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        return IntStream.range(0, shorts.limit())
                .mapToLong(i -> Short.toUnsignedLong(shorts.get(i)))
                .toArray();
    }
}
