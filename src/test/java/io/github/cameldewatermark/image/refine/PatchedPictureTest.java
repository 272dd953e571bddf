package io.github.cameldewatermark.image.refine;

import static io.github.cameldewatermark.testkit.TestPictures.plain;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldewatermark.image.mask.BrushMask;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The composed pixels, before any compression. */
class PatchedPictureTest {

    private static final Rectangle MARK = new Rectangle(100, 70, 90, 60);

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY})
    void outsideOfTheMaskEveryPixelStays(int type) {
        BufferedImage full = noise(300, 200, type);
        int[] before = pixels(full);

        new PatchedPicture(full, null, plain(144, 96, Color.RED), BrushMask.of(300, 200, List.of(MARK))).patch();

        int[] after = pixels(full);
        int changed = 0;
        for (int i = 0; i < before.length; i++) {
            if (before[i] != after[i]) {
                int pixel = i / full.getRaster().getNumBands();
                assertThat(MARK.contains(pixel % 300, pixel / 300))
                        .as("pixel %d", pixel)
                        .isTrue();
                changed++;
            }
        }
        assertThat(changed).isGreaterThan(MARK.width * MARK.height / 2);
    }

    @Test
    void betweenTwoPartsOfTheMaskEveryPixelStays() {
        BufferedImage full = plain(300, 200, Color.BLACK);

        new PatchedPicture(
                        full,
                        null,
                        plain(144, 96, Color.WHITE),
                        BrushMask.of(300, 200, List.of(new Rectangle(10, 10, 20, 20), new Rectangle(200, 20, 20, 20))))
                .patch();

        assertThat(blue(full, 20, 20)).isEqualTo(255);
        assertThat(blue(full, 210, 30)).isEqualTo(255);
        assertThat(blue(full, 100, 25)).isZero();
        assertThat(blue(full, 20, 35)).isZero();
    }

    @Test
    void insideOfTheMaskItIsTheSmallPictureWithASoftSeam() {
        BufferedImage full = plain(300, 200, new Color(0, 0, 90));

        new PatchedPicture(full, null, plain(144, 96, new Color(0, 0, 120)), BrushMask.of(300, 200, List.of(MARK)))
                .patch();

        assertThat(blue(full, 99, 100)).isEqualTo(90);
        assertThat(blue(full, 100, 100)).isEqualTo(100);
        assertThat(blue(full, 101, 100)).isEqualTo(110);
        assertThat(blue(full, 102, 100)).isEqualTo(120);
        assertThat(blue(full, 187, 100)).isEqualTo(120);
        assertThat(blue(full, 188, 100)).isEqualTo(110);
        assertThat(blue(full, 189, 100)).isEqualTo(100);
        assertThat(blue(full, 190, 100)).isEqualTo(90);
    }

    @Test
    void aMaskOfThreePixelsWidthIsReplacedInItsMiddle() {
        BufferedImage full = plain(300, 200, new Color(0, 0, 90));

        new PatchedPicture(
                        full,
                        null,
                        plain(144, 96, new Color(0, 0, 120)),
                        BrushMask.of(300, 200, List.of(new Rectangle(10, 0, 5, 200))))
                .patch();

        assertThat(blue(full, 12, 100)).isEqualTo(120);
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_BYTE_GRAY})
    void atTheBordersOfThePictureThereIsNoSeam(int type) {
        BufferedImage full = plain(301, 203, Color.BLACK, type);

        new PatchedPicture(
                        full,
                        null,
                        plain(144, 97, new Color(100, 100, 100)),
                        BrushMask.of(301, 203, List.of(new Rectangle(301, 203))))
                .patch();

        assertThat(pixels(full)).containsOnly(100);
    }

    @Test
    void greyIsTakenForGrey() {
        BufferedImage full = plain(300, 200, Color.BLACK, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage small = new BufferedImage(144, 96, BufferedImage.TYPE_BYTE_GRAY);
        small.getRaster().setSamples(0, 0, 144, 96, 0, filled(144 * 96, 77));

        new PatchedPicture(full, null, small, BrushMask.of(300, 200, List.of(new Rectangle(300, 200)))).patch();

        assertThat(pixels(full)).containsOnly(77);
    }

    @Test
    void theColoursOfThePatchAreThoseOfThePicture() {
        BufferedImage full = plain(300, 200, Color.BLACK);
        ColorSpace linear = ColorSpace.getInstance(ColorSpace.CS_LINEAR_RGB);

        new PatchedPicture(
                        full,
                        linear,
                        plain(144, 96, new Color(128, 128, 128)),
                        BrushMask.of(300, 200, List.of(new Rectangle(300, 200))))
                .patch();

        // half of the numbers of sRGB are a fifth of the light
        assertThat(Arrays.stream(pixels(full))).allMatch(level -> level >= 54 && level <= 56);
    }

    @Test
    void theSmallPictureIsEnlargedInPlace() {
        BufferedImage full = gradient(600, 400);
        BufferedImage small = new BufferedImage(300, 200, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 300; x++) {
                // the mean of the four pixels that it stands for
                small.setRGB(x, y, new Color((4 * x + 1) / 8, (4 * y + 1) / 8, 0).getRGB());
            }
        }
        BufferedImage patched = gradient(600, 400);

        new PatchedPicture(patched, null, small, BrushMask.of(600, 400, List.of(new Rectangle(600, 400)))).patch();

        int[] expected = pixels(full);
        int[] actual = pixels(patched);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).as("sample %d", i).isCloseTo(expected[i], within(2));
        }
    }

    private static BufferedImage gradient(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, new Color(x / 4, y / 4, 0).getRGB());
            }
        }
        return image;
    }

    private static BufferedImage noise(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(1);
        int bands = image.getRaster().getNumBands();
        image.getRaster()
                .setPixels(
                        0,
                        0,
                        width,
                        height,
                        random.ints((long) width * height * bands, 0, 256).toArray());
        return image;
    }

    private static int[] filled(int length, int value) {
        int[] values = new int[length];
        Arrays.fill(values, value);
        return values;
    }

    private static int[] pixels(BufferedImage image) {
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    private static int blue(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFF;
    }
}
