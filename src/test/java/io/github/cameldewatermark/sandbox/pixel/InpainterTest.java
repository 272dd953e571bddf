package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InpainterTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 40, 90})
    void aGradientIsContinuedThroughAHole(int size) {
        Raster picture = gradient(200, 150);
        int[] original = picture.rgb().clone();
        Mask hole = hole(200, 150, new Rectangle(60, 30, size, size));
        for (int i = 0; i < original.length; i++) {
            picture.rgb()[i] = hole.bits()[i] ? 0xFF00FF : picture.rgb()[i];
        }

        new Inpainter(hole).fill(picture);

        for (int i = 0; i < original.length; i++) {
            assertThat(Pixels.distance(picture.rgb()[i], original[i])).isLessThanOrEqualTo(hole.bits()[i] ? 6 : 0);
        }
    }

    @Test
    void aHoleAtTheBorderIsFilledFromWhatIsThere() {
        Raster picture = flat(100, 80, 0x336699);
        Mask hole = hole(100, 80, new Rectangle(0, 0, 100, 40));
        for (int i = 0; i < 100 * 40; i++) {
            picture.rgb()[i] = 0;
        }

        new Inpainter(hole).fill(picture);

        assertThat(picture.rgb()).containsOnly(0x336699);
    }

    @Test
    void whereAllIsToBeFilledTheMeanColourRemains() {
        Raster picture = new Raster(2, 1, new int[] {0x000000, 0x204060});

        new Inpainter(Mask.none(2, 1).not()).fill(picture);

        assertThat(picture.rgb()).containsOnly(0x102030);
    }

    @Test
    void nothingToFillChangesNothing() {
        Raster picture = gradient(30, 20);
        int[] original = picture.rgb().clone();

        new Inpainter(Mask.none(30, 20)).fill(picture);

        assertThat(picture.rgb()).isEqualTo(original);
    }

    @Test
    void holesFarApartAreLookedAtOneByOne() {
        Mask holes = hole(2000, 1500, new Rectangle(10, 10, 20, 20))
                .or(hole(2000, 1500, new Rectangle(1900, 1400, 100, 100)));

        List<Rectangle> boxes = Boxes.around(holes, 24);

        assertThat(boxes).containsExactlyInAnyOrder(new Rectangle(0, 0, 54, 54), new Rectangle(1876, 1376, 124, 124));
    }

    @Test
    void boxesThatWouldOverlapAreJoined() {
        Mask holes = hole(400, 400, new Rectangle(100, 100, 10, 10))
                .or(hole(400, 400, new Rectangle(130, 240, 10, 10)))
                .or(hole(400, 400, new Rectangle(115, 175, 10, 10)));

        assertThat(Boxes.around(holes, 40)).containsExactly(new Rectangle(60, 60, 120, 230));
    }

    @Test
    void takingAnOverlayOffReversesBlendingItIn() {
        Raster original = gradient(60, 50);
        Raster blended = original.copy();
        float alpha = .4f;
        for (int i = 0; i < blended.rgb().length; i++) {
            int pixel = original.rgb()[i];
            blended.rgb()[i] = Pixels.pack(
                    blend(Pixels.channel(pixel, 0), alpha),
                    blend(Pixels.channel(pixel, 1), alpha),
                    blend(Pixels.channel(pixel, 2), alpha));
        }
        Mask covered = hole(60, 50, new Rectangle(10, 10, 30, 30));

        Raster result = blended.copy();
        new Unblender(alpha, covered).unblend(result);

        for (int i = 0; i < result.rgb().length; i++) {
            int expected = covered.bits()[i] ? original.rgb()[i] : blended.rgb()[i];
            assertThat(Pixels.distance(result.rgb()[i], expected)).isLessThanOrEqualTo(covered.bits()[i] ? 1 : 0);
        }
    }

    private static int blend(int value, float alpha) {
        return Math.round(value + alpha * (255 - value));
    }

    private static Mask hole(int width, int height, Rectangle box) {
        Mask mask = Mask.none(width, height);
        for (int y = box.y; y < box.y + box.height; y++) {
            for (int x = box.x; x < box.x + box.width; x++) {
                mask.bits()[y * width + x] = true;
            }
        }
        return mask;
    }

    private static Raster gradient(int width, int height) {
        int[] rgb = new int[width * height];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = Pixels.pack(i % width, 2 * (i / width) / 3, 255 - i % width);
        }
        return new Raster(width, height, rgb);
    }

    private static Raster flat(int width, int height, int color) {
        int[] rgb = new int[width * height];
        Arrays.fill(rgb, color);
        return new Raster(width, height, rgb);
    }
}
