package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Area;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WatermarkRemoverTest {

    private static final double GAIN = 8;

    /** The samples, cleaned with their brushes, by name: several tests look at them. */
    private static final Map<String, CleanedPicture> BRUSHED = new HashMap<>();

    private final PictureEngine engine = new WatermarkRemover();

    @ParameterizedTest
    @ValueSource(strings = {Samples.COFFEE, Samples.CHELSEA, Samples.ROCKET})
    void withBrushTheWatermarkIsRemovedAndNothingElseChanges(String name) {
        BufferedImage picture = Samples.picture(name);
        BufferedImage brush = Samples.brush(name);

        CleanedPicture cleaned = brushed(name);

        assertThat(gain(name, cleaned.picture())).isGreaterThan(GAIN);
        assertOnlyMaskedPixelsDiffer(picture, cleaned);
        assertThat(Mask.of(cleaned.mask()).minus(Mask.of(brush)).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.COFFEE, Samples.CHELSEA, Samples.ROCKET})
    void takingTheOverlayOffKeepsMoreThanInpaintingDoes(String name) {
        BufferedImage brush = Samples.brush(name);

        BufferedImage cleaned = brushed(name).picture();

        double inpainted = Psnr.between(inpainted(Samples.picture(name), brush), Samples.original(name), brush);
        assertThat(Psnr.between(cleaned, Samples.original(name), brush)).isGreaterThan(inpainted + 3);
    }

    @Test
    void withoutBrushItFindsTheWatermarkOfMostPictures() {
        List<String> improved = new ArrayList<>();
        for (String name : List.of(Samples.COFFEE, Samples.CHELSEA, Samples.ROCKET)) {
            CleanedPicture cleaned = engine.clean(Samples.picture(name), null);
            assertOnlyMaskedPixelsDiffer(Samples.picture(name), cleaned);
            if (gain(name, cleaned.picture()) > GAIN) {
                improved.add(name);
            }
        }
        assertThat(improved).hasSizeGreaterThanOrEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {Samples.COFFEE, Samples.CHELSEA, Samples.ROCKET})
    void aPictureWithoutWatermarkStaysAsItIs(String name) {
        BufferedImage original = Samples.original(name);

        CleanedPicture cleaned = engine.clean(original, null);

        assertThat(Mask.of(cleaned.mask()).isEmpty()).isTrue();
        assertOnlyMaskedPixelsDiffer(original, cleaned);
    }

    @Test
    void brushedBlackTextIsInpaintedRatherThanTakenForAnOverlay() {
        BufferedImage original = almostGrey(Samples.original(Samples.COFFEE));
        Area hello = Lettering.hello(300, 300);
        BufferedImage picture = Lettering.drawn(original, hello, Color.BLACK);
        BufferedImage brush = Lettering.brush(hello, original);
        // else this test couldn't fail: here the detector is sure that there is a white overlay
        assertThat(new WatermarkDetector(500).find(Raster.of(picture, Pixels.BLACK), Mask.of(brush)))
                .isPresent();

        BufferedImage cleaned = engine.clean(picture, brush).picture();

        assertThat(Psnr.between(cleaned, original, brush))
                .isGreaterThanOrEqualTo(Psnr.between(inpainted(picture, brush), original, brush))
                .isGreaterThan(Psnr.between(picture, original, brush) + GAIN);
    }

    @Test
    void blackTextIsNotTakenForAWatermark() {
        BufferedImage original = almostGrey(Samples.original(Samples.COFFEE));
        BufferedImage picture = Lettering.drawn(original, Lettering.hello(300, 300), Color.BLACK);
        assertThat(new WatermarkDetector(500).find(Raster.of(picture, Pixels.BLACK), null))
                .isPresent();

        assertThat(Mask.of(engine.clean(picture, null).mask()).isEmpty()).isTrue();
    }

    @Test
    void anOpaqueColouredMarkIsInpaintedWhereItIsBrushed() {
        BufferedImage original = Samples.original(Samples.CHELSEA);
        Area hello = Lettering.hello(200, 500);
        BufferedImage picture = Lettering.drawn(original, hello, Color.RED);
        BufferedImage brush = Lettering.brush(hello, original);

        CleanedPicture cleaned = engine.clean(picture, brush);

        assertThat(Psnr.between(cleaned.picture(), original, brush))
                .isGreaterThan(Psnr.between(picture, original, brush) + GAIN);
        assertThat(Mask.of(cleaned.mask()).bits()).isEqualTo(Mask.of(brush).bits());
    }

    @Test
    void aBrushOfAnotherSizeIsScaledToThePicture() {
        BufferedImage brush = Samples.brush(Samples.ROCKET);
        // at half the size dilated, so that nearest pixels don't lose the rim of a letter
        Mask half = Mask.of(brush).dilated(1).scaledTo(brush.getWidth() / 2, brush.getHeight() / 2);

        CleanedPicture cleaned = engine.clean(Samples.picture(Samples.ROCKET), half.toImage());

        assertThat(gain(Samples.ROCKET, cleaned.picture())).isGreaterThan(GAIN);
        assertThat(cleaned.mask().getWidth()).isEqualTo(brush.getWidth());
        assertOnlyMaskedPixelsDiffer(Samples.picture(Samples.ROCKET), cleaned);
    }

    @Test
    void aPictureLargerThanTheWorkingSizeIsCleanedAtItsOwnSize() {
        BufferedImage large = enlarged(Samples.picture(Samples.CHELSEA));
        BufferedImage original = enlarged(Samples.original(Samples.CHELSEA));
        BufferedImage brush = Mask.of(Samples.brush(Samples.CHELSEA))
                .scaledTo(large.getWidth(), large.getHeight())
                .toImage();

        CleanedPicture brushed = engine.clean(large, brush);
        CleanedPicture found = engine.clean(large, null);

        double before = Psnr.between(large, original, brush);
        assertThat(Psnr.between(brushed.picture(), original, brush)).isGreaterThan(before + GAIN);
        assertThat(Psnr.between(found.picture(), original, brush)).isGreaterThan(before + GAIN);
        assertOnlyMaskedPixelsDiffer(large, brushed);
        assertThat(Mask.of(brushed.mask()).minus(Mask.of(brush)).count()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 13})
    void tinyPicturesAreNoProblem(int size) {
        BufferedImage picture = new BufferedImage(size, 1 + size / 2, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, 0x123456);

        assertThat(Mask.of(engine.clean(picture, null).mask()).isEmpty()).isTrue();
        CleanedPicture brushed = engine.clean(picture, white(3, 3));
        assertThat(Mask.of(brushed.mask()).count()).isEqualTo(size * (1 + size / 2));
    }

    @Test
    void aPictureOfOnePixelKeepsItsColourAsThereIsNothingToInpaintFrom() {
        BufferedImage picture = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, 0x123456);

        assertThat(engine.clean(picture, white(1, 1)).picture().getRGB(0, 0) & 0xFFFFFF)
                .isEqualTo(0x123456);
    }

    @Test
    void aBlackBrushErasesNothing() {
        BufferedImage picture = Samples.picture(Samples.ROCKET);

        CleanedPicture cleaned = engine.clean(picture, new BufferedImage(4, 4, BufferedImage.TYPE_BYTE_GRAY));

        assertThat(Mask.of(cleaned.mask()).isEmpty()).isTrue();
        assertOnlyMaskedPixelsDiffer(picture, cleaned);
    }

    @Test
    void theInputIsNotChanged() {
        BufferedImage picture =
                Raster.of(Samples.picture(Samples.ROCKET), Pixels.BLACK).toImage();
        int[] before = Raster.of(picture, Pixels.BLACK).rgb();

        engine.clean(picture, Samples.brush(Samples.ROCKET));

        assertThat(Raster.of(picture, Pixels.BLACK).rgb()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_INT_ARGB,
                BufferedImage.TYPE_INT_ARGB_PRE,
                BufferedImage.TYPE_4BYTE_ABGR,
                BufferedImage.TYPE_USHORT_565_RGB
            })
    void picturesOfAnyTypeAreCleanedToRgb(int type) {
        BufferedImage picture = converted(Samples.picture(Samples.ROCKET), type);
        BufferedImage original = converted(Samples.original(Samples.ROCKET), type);
        BufferedImage brush = Samples.brush(Samples.ROCKET);

        CleanedPicture cleaned = engine.clean(picture, brush);

        assertThat(cleaned.picture().getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(cleaned.mask().getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
        assertThat(Psnr.between(cleaned.picture(), original, brush))
                .isGreaterThan(Psnr.between(picture, original, brush) + GAIN);
        assertOnlyMaskedPixelsDiffer(picture, cleaned);
    }

    private CleanedPicture brushed(String name) {
        return BRUSHED.computeIfAbsent(name, same -> engine.clean(Samples.picture(same), Samples.brush(same)));
    }

    private static double gain(String name, BufferedImage cleaned) {
        BufferedImage original = Samples.original(name);
        BufferedImage brush = Samples.brush(name);
        return Psnr.between(cleaned, original, brush) - Psnr.between(Samples.picture(name), original, brush);
    }

    private static void assertOnlyMaskedPixelsDiffer(BufferedImage picture, CleanedPicture cleaned) {
        int[] before = Raster.of(picture, Pixels.WHITE).rgb();
        int[] after = Raster.of(cleaned.picture(), Pixels.WHITE).rgb();
        Mask mask = Mask.of(cleaned.mask());
        assertThat(after).hasSameSizeAs(before);
        int differing = 0;
        for (int i = 0; i < before.length; i++) {
            differing += !mask.bits()[i] && before[i] != after[i] ? 1 : 0;
        }
        assertThat(differing).isZero();
    }

    private static BufferedImage inpainted(BufferedImage picture, BufferedImage brush) {
        Raster pixels = Raster.of(picture, Pixels.BLACK);
        new Inpainter(Mask.of(brush)).fill(pixels);
        return pixels.toImage();
    }

    /** Little contrast and no colour, on which the edges of black text look like those of a white overlay. */
    private static BufferedImage almostGrey(BufferedImage picture) {
        Raster pixels = Raster.of(picture, Pixels.BLACK);
        for (int i = 0; i < pixels.rgb().length; i++) {
            int grey = 140 + Pixels.channel(pixels.rgb()[i], 1) / 16;
            pixels.rgb()[i] = Pixels.pack(grey, grey, grey);
        }
        return pixels.toImage();
    }

    private static BufferedImage enlarged(BufferedImage picture) {
        BufferedImage large =
                new BufferedImage(2 * picture.getWidth() + 1, 2 * picture.getHeight() + 1, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = large.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(picture, 0, 0, large.getWidth(), large.getHeight(), null);
        graphics.dispose();
        return large;
    }

    private static BufferedImage converted(BufferedImage picture, int type) {
        BufferedImage result = new BufferedImage(picture.getWidth(), picture.getHeight(), type);
        Graphics2D graphics = result.createGraphics();
        graphics.drawImage(picture, 0, 0, null);
        graphics.dispose();
        return result;
    }

    private static BufferedImage white(int width, int height) {
        return Mask.none(width, height).not().toImage();
    }
}
