package io.github.cameldewatermark.image.container;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.geom.Point2D;
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

        assertThat(side(orientation, width / 2.0, 0.5, width, height)).isEqualTo(row);
        assertThat(side(orientation, 0.5, height / 2.0, width, height)).isEqualTo(column);
        assertThat(orientation.tag()).isEqualTo(tag);
    }

    @Test
    void anUnknownNumberIsUpright() {
        assertThat(Orientation.of(0)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(9)).isEqualTo(Orientation.UPRIGHT);
        assertThat(Orientation.of(-1)).isEqualTo(Orientation.UPRIGHT);
    }

    /** At which side of the upright picture a pixel is. */
    private static String side(Orientation orientation, double x, double y, int width, int height) {
        Point2D p = orientation.toUpright(width, height).transform(new Point2D.Double(x, y), null);
        int w = orientation.swapsSides() ? height : width;
        int h = orientation.swapsSides() ? width : height;
        if (p.getX() == 0.5) {
            return "left";
        }
        if (p.getX() == w - 0.5) {
            return "right";
        }
        if (p.getY() == 0.5) {
            return "top";
        }
        return p.getY() == h - 0.5 ? "bottom" : "elsewhere: " + p;
    }
}
