package io.github.cameldewatermark.image.pixel;

import static io.github.cameldewatermark.image.TestBmp.MASKS;
import static io.github.cameldewatermark.image.TestBmp.PLAIN;
import static io.github.cameldewatermark.image.TestBmp.RUNS_OF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.TestBmp;
import io.github.cameldewatermark.image.header.ImageInspector;
import java.awt.image.BufferedImage;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of BMP comes out in the colours that were put in, or is refused. */
class BmpColoursTest {

    private static final int WIDTH = 66;

    @ParameterizedTest
    @ValueSource(ints = {40, 108, 124})
    void coloursComeOutAsTheyWere(int header) {
        BufferedImage colours = picture(x -> x / 11 * 51 << 16 | (255 - x / 11 * 51) << 8 | 102);
        BufferedImage blackAndWhite = picture(x -> x < 30 ? 0 : 0xFFFFFF);

        assertColours(TestBmp.of(blackAndWhite, 1, PLAIN, header), blackAndWhite, 0);
        assertColours(TestBmp.of(blackAndWhite, 4, PLAIN, header), blackAndWhite, 0);
        assertColours(TestBmp.of(colours, 8, PLAIN, header), colours, 0);
        assertColours(TestBmp.of(colours, 8, RUNS_OF_8, header), colours, 0);
        assertColours(TestBmp.of(colours, 16, PLAIN, header), colours, 8);
        assertColours(TestBmp.of(colours, 16, MASKS, header, 0xF800, 0x7E0, 0x1F), colours, 8);
        assertColours(TestBmp.of(colours, 24, PLAIN, header), colours, 0);
        assertColours(TestBmp.of(colours, 32, PLAIN, header), colours, 0);
        assertColours(TestBmp.of(colours, 32, MASKS, header, 0xFF0000, 0xFF00, 0xFF), colours, 0);
        assertColours(TestBmp.of(colours, 32, MASKS, header, 0xFF, 0xFF00, 0xFF0000), colours, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {108, 124})
    void anAlphaChannelIsHeeded(int header) {
        BufferedImage colours = picture(x -> x / 11 * 51 << 16 | (255 - x / 11 * 51) << 8 | 102);

        assertColours(TestBmp.of(colours, 32, MASKS, header, 0xFF0000, 0xFF00, 0xFF, 0xFF000000), colours, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 13})
    void whatIsNoBmpWithinIsRefused(int compression) {
        byte[] bmp = TestBmp.of(picture(x -> x), 24, compression, 40);

        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() -> decoded(bmp))
                .withMessage(
                        "photo.bmp is a BMP with 24 bits per pixel and the compression " + compression
                                + ", which is not supported; save it as JPEG or PNG first. Nothing was sent, nothing was charged.");
    }

    private static void assertColours(byte[] bmp, BufferedImage expected, int tolerance) {
        BufferedImage decoded = decoded(bmp);
        for (int x = 0; x < WIDTH; x++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(decoded.getRGB(x, 7) >> shift & 0xFF)
                        .isBetween(
                                (expected.getRGB(x, 7) >> shift & 0xFF) - tolerance,
                                (expected.getRGB(x, 7) >> shift & 0xFF) + tolerance);
            }
        }
    }

    private static BufferedImage decoded(byte[] bmp) {
        Content content = Content.of("photo.bmp", bmp);
        return new ImageConverter(content, ImageInspector.inspect(content), ImageInspector.MAX_SIDE).decode();
    }

    private static BufferedImage picture(IntUnaryOperator colour) {
        BufferedImage picture = new BufferedImage(WIDTH, 10, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < WIDTH * 10; i++) {
            picture.setRGB(i % WIDTH, i / WIDTH, colour.applyAsInt(i % WIDTH));
        }
        return picture;
    }
}
