package io.github.cameldewatermark.image.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Point;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {

    /** The table of the Exif standard: where the first row and the first column of what is stored are looked at. */
    @ParameterizedTest
    @CsvSource({
        "1, top, left",
        "2, top, right",
        "3, bottom, right",
        "4, bottom, left",
        "5, left, top",
        "6, right, top",
        "7, right, bottom",
        "8, left, bottom"
    })
    void theFirstRowAndColumnAreWhereTheStandardSays(int tag, String row, String column) {
        int width = 40;
        int height = 30;
        Orientation orientation = Orientation.of(tag);

        assertThat(side(orientation, width / 2, 0, width, height)).isEqualTo(row);
        assertThat(side(orientation, 0, height / 2, width, height)).isEqualTo(column);
        assertThat(orientation.tag()).isEqualTo(tag);
    }

    @Test
    void anUnknownNumberIsUpright() {
        assertThat(Orientation.of(0)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(9)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(-1)).isEqualTo(Orientation.UPRIGHT);
    }

    /** At which side of the upright picture a pixel is. */
    private static String side(Orientation orientation, int x, int y, int width, int height) {
        Point p = orientation.upright(x, y, width, height);
        int w = orientation.swapsSides() ? height : width;
        int h = orientation.swapsSides() ? width : height;
        if (p.x == 0) {
            return "left";
        }
        if (p.x == w - 1) {
            return "right";
        }
        if (p.y == 0) {
            return "top";
        }
        return p.y == h - 1 ? "bottom" : "elsewhere: " + p;
    }
}
