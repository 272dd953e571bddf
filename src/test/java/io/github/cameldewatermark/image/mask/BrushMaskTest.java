package io.github.cameldewatermark.image.mask;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.image.container.Orientation;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BrushMaskTest {

    @Test
    void marksWhatIsInAnyRectangle() {
        BrushMask mask = BrushMask.of(5, 3, List.of(new Rectangle(0, 0, 2, 1), new Rectangle(1, 0, 2, 3)));

        assertThat(drawn(mask)).containsExactly("###..", ".##..", ".##..");
        assertThat(mask.isEmpty()).isFalse();
        assertThat(BrushMask.of(5, 3, List.of()).isEmpty()).isTrue();
    }

    @Test
    void scaledUpEachPixelIsABlock() {
        assertThat(drawn(mask("#..", ".#.").scaledTo(6, 4))).containsExactly("##....", "##....", "..##..", "..##..");
    }

    @Test
    void scaledDownNothingThatWasMarkedIsLost() {
        assertThat(drawn(mask("#.....", "......", "......", "...#..").scaledTo(3, 2)))
                .containsExactly("#..", ".#.");
        assertThat(drawn(mask("..#....").scaledTo(3, 1))).containsExactly("##.");
    }

    @ParameterizedTest
    @CsvSource({"7, 5", "13, 9", "14, 10", "40, 29", "13, 3", "1, 1"})
    void scaledItMarksEveryPixelOfWhichSomeWasMarked(int width, int height) {
        BrushMask mask = random(13, 9);
        BrushMask scaled = mask.scaledTo(width, height);

        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                assertThat(scaled.has(x, y)).as("%d %d", x, y).isEqualTo(touched(mask, x, y, width, height));
            }
        }
    }

    /** By real numbers: whether any marked pixel has an area in common with the new one. */
    private static boolean touched(BrushMask mask, int newX, int newY, int width, int height) {
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                boolean across = x * width < (newX + 1) * mask.width() && (x + 1) * width > newX * mask.width();
                boolean down = y * height < (newY + 1) * mask.height() && (y + 1) * height > newY * mask.height();
                if (mask.has(x, y) && across && down) {
                    return true;
                }
            }
        }
        return false;
    }

    @Test
    void aHugeOneIsScaledWithoutAnOverflow() {
        BrushMask mask =
                BrushMask.of(60_000, 1, List.of(new Rectangle(59_999, 0, 1, 1))).scaledTo(50_000, 1);

        assertThat(mask.bounds(new Rectangle(50_000, 1))).isEqualTo(new Rectangle(49_999, 0, 1, 1));
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void uprightItMarksWhatWasMarkedAsStored(Orientation orientation) {
        BrushMask turned = mask("#.#", "...").upright(orientation);

        assertThat(String.join("/", drawn(turned)))
                .isEqualTo(
                        switch (orientation) {
                            case UPRIGHT, MIRRORED -> "#.#/...";
                            case UPSIDE_DOWN, UPSIDE_DOWN_MIRRORED -> ".../#.#";
                            case TURNED_MIRRORED, TURNED_RIGHT -> "#./../#.";
                            case TURNED_LEFT, TURNED_LEFT_MIRRORED -> ".#/../.#";
                        });
    }

    @Test
    void erodedItLosesItsOutermostPixelsButNotThoseAtTheBorder() {
        assertThat(drawn(mask("......", ".####.", ".####.", ".####.", "......").eroded()))
                .containsExactly("......", "......", "..##..", "......", "......");
        assertThat(drawn(mask("####..", "####..", "####..", "......").eroded()))
                .containsExactly("###...", "###...", "......", "......");
        assertThat(drawn(mask("###", "###").eroded())).containsExactly("###", "###");
    }

    @Test
    void knowsTheBoundsOfWhatIsMarkedInAnArea() {
        BrushMask mask = mask("#.....", "...#..", "..#...", "......");

        assertThat(mask.bounds(new Rectangle(6, 4))).isEqualTo(new Rectangle(0, 0, 4, 3));
        assertThat(mask.bounds(new Rectangle(0, 1, 6, 3))).isEqualTo(new Rectangle(2, 1, 2, 2));
        assertThat(mask.bounds(new Rectangle(1, 0, 2, 2)).isEmpty()).isTrue();
    }

    @Test
    void asAPictureItIsWhiteWhereMarked() {
        BufferedImage image = mask("#.", ".#").toImage();

        assertThat(image.getRaster().getPixels(0, 0, 2, 2, (int[]) null)).containsExactly(255, 0, 0, 255);
    }

    private static BrushMask random(int width, int height) {
        Random random = new Random(3);
        BitSet[] rows = new BitSet[height];
        for (int y = 0; y < height; y++) {
            rows[y] = new BitSet();
            for (int x = 0; x < width; x++) {
                rows[y].set(x, random.nextInt(6) == 0);
            }
        }
        return new BrushMask(width, rows);
    }

    static BrushMask mask(String... rows) {
        BitSet[] bits = new BitSet[rows.length];
        for (int y = 0; y < rows.length; y++) {
            bits[y] = new BitSet();
            for (int x = 0; x < rows[y].length(); x++) {
                bits[y].set(x, rows[y].charAt(x) == '#');
            }
        }
        return new BrushMask(rows[0].length(), bits);
    }

    static String[] drawn(BrushMask mask) {
        String[] rows = new String[mask.height()];
        for (int y = 0; y < rows.length; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < mask.width(); x++) {
                row.append(mask.has(x, y) ? '#' : '.');
            }
            rows[y] = row.toString();
        }
        return rows;
    }
}
