package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MaskTest {

    @Test
    void whatIsRatherWhiteIsSetAndWhatIsTransparentIsNot() {
        BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0xFFFFFFFF);
        image.setRGB(1, 0, 0xFF808080);
        image.setRGB(2, 0, 0xFF7F7F7F);
        image.setRGB(3, 0, 0x00FFFFFF);

        assertThat(Mask.of(image).bits()).containsExactly(true, true, false, false);
    }

    @Test
    void anImageOfAMaskGivesTheMaskAgain() {
        Mask mask = mask("#..#", ".##.");

        assertThat(Mask.of(mask.toImage()).bits()).isEqualTo(mask.bits());
    }

    @Test
    void dilatingAddsColumnsAndRowsOnAllSides() {
        assertThat(rows(mask(".....", ".....", "..#..", ".....", ".....").dilated(1)))
                .containsExactly(".....", ".###.", ".###.", ".###.", ".....");
        assertThat(rows(mask("#....", "....#").dilated(2))).containsExactly("#####", "#####");
    }

    @Test
    void theRimLiesOnBothSidesOfTheOutline() {
        assertThat(rows(mask(".......", ".#####.", ".#####.", ".#####.", ".......")
                        .rim(1)))
                .containsExactly("#######", "#######", "##...##", "#######", "#######");
    }

    @Test
    void scalingTakesTheNearestPixel() {
        assertThat(rows(mask("#.", ".#").scaledTo(4, 4))).containsExactly("##..", "##..", "..##", "..##");
        assertThat(rows(mask("##..", "##..", "..##", "..##").scaledTo(2, 2))).containsExactly("#.", ".#");
        assertThat(rows(mask("#").scaledTo(3, 1))).containsExactly("###");
    }

    @Test
    void reducingKeepsWhateverIsSetAndEnlargingUndoesItWithoutTheIncompleteSquares() {
        Mask small = mask("#..", "...", "..#").reduced(2);

        assertThat(rows(small)).containsExactly("#");
        assertThat(rows(small.enlarged(2, 3, 3))).containsExactly("##.", "##.", "...");
    }

    @Test
    void setOperations() {
        Mask a = mask("##..");
        Mask b = mask("#.#.");

        assertThat(rows(a.and(b))).containsExactly("#...");
        assertThat(rows(a.or(b))).containsExactly("###.");
        assertThat(rows(a.minus(b))).containsExactly(".#..");
        assertThat(rows(a.not())).containsExactly("..##");
        assertThat(a.count()).isEqualTo(2);
        assertThat(a.isEmpty()).isFalse();
        assertThat(a.minus(a).isEmpty()).isTrue();
    }

    @Test
    void whatIsCutOutAndPutBackIsWhereItWas() {
        Mask mask = mask("......", "..#...", "...#..", "......");
        Rectangle box = new Rectangle(1, 1, 4, 2);

        assertThat(rows(mask.crop(box))).containsExactly(".#..", "..#.");
        assertThat(rows(mask.crop(box).placedAt(box, 6, 4))).containsExactly(rows(mask));
    }

    @Test
    void componentsAreConnectedBySidesNotByCorners() {
        Components components = Components.of(mask("##.#", "#.#.", "....", "#..#"));

        assertThat(components.count()).isEqualTo(5);
        assertThat(components.labels()).containsExactly(1, 1, 0, 2, 1, 0, 3, 0, 0, 0, 0, 0, 4, 0, 0, 5);
    }

    /** @param rows a picture of the mask, # where set */
    static Mask mask(String... rows) {
        String all = String.join("", rows);
        Mask mask = Mask.none(rows[0].length(), rows.length);
        for (int i = 0; i < all.length(); i++) {
            mask.bits()[i] = all.charAt(i) == '#';
        }
        return mask;
    }

    private static String[] rows(Mask mask) {
        String[] rows = new String[mask.height()];
        for (int y = 0; y < rows.length; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < mask.width(); x++) {
                row.append(mask.bits()[y * mask.width() + x] ? '#' : '.');
            }
            rows[y] = row.toString();
        }
        return rows;
    }
}
