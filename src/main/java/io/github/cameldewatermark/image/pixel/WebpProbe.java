package io.github.cameldewatermark.image.pixel;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes a small picture whose colours are known: before version 3.15, TwelveMonkeys' decoder got lossy WebPs wrong. Its version
 * alone doesn't tell, as it is lost where jars are merged.
 */
final class WebpProbe {

    private static final int[][] COLOURS = {{10, 10, 0x8F76AC}, {390, 290, 0x9075AC}, {200, 150, 0x2C0B9C}};
    private static final int TOLERANCE = 8;

    static final boolean IS_RIGHT = isRight();

    private WebpProbe() {}

    private static boolean isRight() {
        try (InputStream webp = WebpProbe.class.getResourceAsStream("gradient.webp");
                ImageInputStream in = new MemoryCacheImageInputStream(webp)) {
            ImageReader reader = ImageReaders.provider(ImageReaderSpi.class, "webp", ImageReaders.TWELVE_MONKEYS)
                    .createReaderInstance();
            reader.setInput(in, false, true);
            BufferedImage picture = reader.read(0);
            reader.dispose();
            return Stream.of(COLOURS).allMatch(pixel -> areAlike(picture.getRGB(pixel[0], pixel[1]), pixel[2]));
        } catch (IOException | RuntimeException e) { // it may throw anything
            return false;
        }
    }

    private static boolean areAlike(int one, int other) {
        return IntStream.of(0, 8, 16)
                .allMatch(shift -> Math.abs((one >> shift & 0xFF) - (other >> shift & 0xFF)) <= TOLERANCE);
    }
}
