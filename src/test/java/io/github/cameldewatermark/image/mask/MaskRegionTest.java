package io.github.cameldewatermark.image.mask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Rectangle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskRegionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10,20,30,40 | 10 20 30 40",
                "5%,10%,50%,25% | 50 40 500 100",
                "10,90%,30%,40 | 10 360 300 40",
                "' 10 , 20 ,30, 40 % ' | 10 20 30 160",
                "12.5%,0,0.5%,1 | 125 0 5 1",
                // a pixel of which some is in it belongs to it
                "0.05%,0.1%,0.1%,0.2% | 0 0 2 2",
                // clipped
                "990,390,30,30 | 990 390 10 10",
                "0,0,5000,5000 | 0 0 1000 400",
                "50%,50%,100%,100% | 500 200 500 200",
                "top-left:30%x12% | 0 0 300 48",
                "top:30%x12% | 350 0 300 48",
                "top-right:30%x12% | 700 0 300 48",
                "left:30%x12% | 0 176 300 48",
                "center:30%x12% | 350 176 300 48",
                "right:30%x12% | 700 176 300 48",
                "bottom-left:30%x12% | 0 352 300 48",
                "bottom:30%x12% | 350 352 300 48",
                "bottom-right:30%x12% | 700 352 300 48",
                "bottom-right:200x80 | 800 320 200 80",
                "bottom-right:200 x 10% | 800 360 200 40",
                "' Bottom-Right : 30% x 12% ' | 700 352 300 48",
                "bottom-right:2000x80 | 0 320 1000 80",
                "center:3x3 | 498 198 4 4",
            })
    void isARectangleOfAPictureOf1000By400(String text, String xywh) {
        String[] n = xywh.split(" ");

        assertThat(MaskRegion.parse(text).in(1000, 400))
                .containsExactly(new Rectangle(
                        Integer.parseInt(n[0]),
                        Integer.parseInt(n[1]),
                        Integer.parseInt(n[2]),
                        Integer.parseInt(n[3])));
    }

    @Test
    void aSemicolonSeparatesSeveral() {
        assertThat(MaskRegion.parse("bottom-right:30%x12%; 0,0,10,10 ;5%,5%,1,1")
                        .in(100, 100))
                .isEqualTo(
                        List.of(new Rectangle(70, 88, 30, 12), new Rectangle(0, 0, 10, 10), new Rectangle(5, 5, 1, 1)));
    }

    @Test
    void fitsPicturesOfAnySize() {
        MaskRegion region = MaskRegion.parse("bottom-right:30%x12%");

        assertThat(region.in(6000, 4000)).containsExactly(new Rectangle(4200, 3520, 1800, 480));
        assertThat(region.in(1, 1)).containsExactly(new Rectangle(0, 0, 1, 1));
    }

    @Test
    void tellsWhichPartLiesOutsideOfAPicture() {
        MaskRegion region = MaskRegion.parse("0,0,10,10; 800,20,30,40");

        assertThat(region.mask("photo.jpg", 801, 400).has(800, 20)).isTrue();
        assertThatThrownBy(() -> region.mask("photo.jpg", 800, 400))
                .hasMessageContaining("800,20,30,40 of the region is outside");
        assertThatThrownBy(() -> region.mask("photo.jpg", 1000, 20))
                .hasMessageContaining("800,20,30,40 of the region is outside");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                ";",
                "1,2,3,4;",
                "1,2,3",
                "1,2,3,4,5",
                "-1,2,3,4",
                "1,2,-3,4",
                "1.5,2,3,4",
                "1,2,0,4",
                "1,2,3,0%",
                "1 0,2,3,4",
                "1px,2,3,4",
                "a,b,c,d",
                "1,2,3,4444444",
                "1,2,3,٤",
                "bottom-right",
                "bottom-right:",
                "bottom-right:30%",
                "bottom-right:30%,12%",
                "bottom-right:0x12%",
                "bottom-right:30%x12%x5%",
                "right-bottom:30%x12%",
                "30%x12%",
                "1,2,3,4 5,6,7,8",
                "1,2,3,4|5,6,7,8",
            })
    void anythingElseIsRefusedWithTheFormsThatThereAre(String text) {
        assertThatThrownBy(() -> MaskRegion.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x,y,w,h such as 20,20,300,80")
                .hasMessageContaining("bottom-right:30%x12%")
                .hasMessageContaining(
                        "top-left, top, top-right, left, center, right, bottom-left, bottom, bottom-right");
    }

    @Test
    void saysWhatIsWrong() {
        assertThatThrownBy(() -> MaskRegion.parse("1,2,3,4; bottom-rigth:30%x12%"))
                .hasMessageStartingWith("'bottom-rigth:30%x12%' is not a region: there is no anchor bottom-rigth. ");
        assertThatThrownBy(() -> MaskRegion.parse("1,2,0,4"))
                .hasMessageStartingWith("'1,2,0,4' is not a region: it has no area. ");
    }
}
