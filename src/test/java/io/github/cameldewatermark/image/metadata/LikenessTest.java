package io.github.cameldewatermark.image.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestMetadata;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LikenessTest {

    @ParameterizedTest
    @CsvSource({
        "coffee, 2", "coffee, 3", "coffee, 4", "coffee, 5", "coffee, 6", "coffee, 7", "coffee, 8",
        "rocket, 2", "rocket, 3", "rocket, 4", "rocket, 5", "rocket, 6", "rocket, 7", "rocket, 8",
        "chelsea, 2", "chelsea, 3", "chelsea, 4", "chelsea, 5", "chelsea, 6", "chelsea, 7", "chelsea, 8"
    })
    void aResultThatWasMadeUprightIsTold(String name, int held) throws IOException {
        byte[] marked = TestPictures.scaled(TestPictures.resource("/samples/images/" + name + ".jpg"), 400);
        byte[] cleaned = TestPictures.scaled(TestPictures.resource("/samples/images/original/" + name + ".jpg"), 400);
        Content original =
                Content.of("x", TestMetadata.withSegments(marked, TestMetadata.exifSegment(TestMetadata.exif(held))));

        Orientation orientation = Orientation.of(held);
        assertThat(Likeness.madeUpright(original, orientation, Content.of("y", cleaned)))
                .isFalse();
        assertThat(Likeness.madeUpright(original, orientation, Content.of("y", upright(cleaned, orientation))))
                .isTrue();
    }

    @Test
    void aPictureOfOnePixelIsAsItWas() {
        byte[] pixel = TestPictures.jpeg(1, 1);
        Content original =
                Content.of("x", TestMetadata.withSegments(pixel, TestMetadata.exifSegment(TestMetadata.exif(3))));

        assertThat(Likeness.madeUpright(original, Orientation.UPSIDE_DOWN, Content.of("y", pixel)))
                .isFalse();
    }

    @Test
    void whatCannotBeDecodedIsAnException() {
        Content original = Content.of("x", TestPictures.jpeg(20, 20));

        assertThatExceptionOfType(DewatermarkInputException.class)
                .isThrownBy(() ->
                        Likeness.madeUpright(original, Orientation.UPSIDE_DOWN, Content.of("y", new byte[] {1, 2, 3})));
    }

    static byte[] upright(byte[] jpeg, Orientation orientation) {
        return TestPictures.encoded(PictureSamples.upright(TestPictures.image(jpeg), orientation), "jpeg");
    }
}
