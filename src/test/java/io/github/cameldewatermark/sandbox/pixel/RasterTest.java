package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.WritableRaster;
import org.junit.jupiter.api.Test;

class RasterTest {

    @Test
    void greySamplesAreTakenAsTheyAre() {
        BufferedImage grey = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        BufferedImage deep = new BufferedImage(256, 1, BufferedImage.TYPE_USHORT_GRAY);
        for (int value = 0; value < 256; value++) {
            grey.getRaster().setSample(value, 0, 0, value);
            deep.getRaster().setSample(value, 0, 0, value << 8 | 0x7F);
        }
        for (int value = 0; value < 256; value++) {
            assertThat(Raster.of(grey, Pixels.WHITE).rgb()[value]).isEqualTo(Pixels.pack(value, value, value));
            assertThat(Raster.of(deep, Pixels.WHITE).rgb()[value]).isEqualTo(Pixels.pack(value, value, value));
        }
    }

    @Test
    void greyWithTransparencyIsShownOnTheBackdrop() {
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                true,
                false,
                java.awt.Transparency.TRANSLUCENT,
                DataBuffer.TYPE_BYTE);
        WritableRaster samples = model.createCompatibleWritableRaster(3, 1);
        samples.setPixels(0, 0, 3, 1, new int[] {100, 255, 100, 0, 100, 51});
        BufferedImage image = new BufferedImage(model, samples, false, null);

        assertThat(Raster.of(image, Pixels.WHITE).rgb()).containsExactly(0x646464, 0xFFFFFF, 0xE0E0E0);
        assertThat(Raster.of(image, Pixels.BLACK).rgb()).containsExactly(0x646464, 0x000000, 0x141414);
    }

    @Test
    void transparentPixelsAreShownOnTheBackdrop() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFF102030);
        image.setRGB(1, 0, 0x00102030);

        assertThat(Raster.of(image, Pixels.WHITE).rgb()).containsExactly(0x102030, 0xFFFFFF);
        assertThat(Raster.of(image, Pixels.BLACK).rgb()).containsExactly(0x102030, 0x000000);
    }

    @Test
    void theImageIsPlainRgbAndSharesThePixels() {
        Raster raster = new Raster(2, 1, new int[] {0x102030, 0x405060});
        BufferedImage image = raster.toImage();
        raster.rgb()[1] = 0x708090;

        assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
        assertThat(image.getRGB(0, 0)).isEqualTo(0xFF102030);
        assertThat(image.getRGB(1, 0)).isEqualTo(0xFF708090);
    }

    @Test
    void reducingTakesTheMeanOfSquaresAndLeavesOutAnIncompleteLastOne() {
        Raster raster = new Raster(3, 2, new int[] {0x000000, 0x040000, 0xFFFFFF, 0x000008, 0x000400, 0xFFFFFF});

        Raster small = raster.reduced(2);

        assertThat(small.width()).isEqualTo(1);
        assertThat(small.rgb()).containsExactly(0x010102);
    }

    @Test
    void aCropHoldsThePixelsOfTheBox() {
        Raster raster = new Raster(3, 2, new int[] {1, 2, 3, 4, 5, 6});

        assertThat(raster.crop(new Rectangle(1, 0, 2, 2)).rgb()).containsExactly(2, 3, 5, 6);
    }
}
