package io.github.cameldewatermark.image.pixel;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Any bytes for a picture: it becomes a JPEG that the API takes, or is refused. */
class ImageConverterFuzzTest {

    /** Of what is small enough to be decoded many times. */
    private static final long MEMORY = 16_000_000;

    @FuzzTest(maxDuration = "5m")
    void aPictureIsConvertedOrRefused(byte[] bytes) throws IOException {
        Content content = Content.of("photo", bytes);
        try {
            ImageConverter converter =
                    new ImageConverter(content, ImageInspector.inspect(content), ImageInspector.MAX_SIDE);
            if (converter.memory() < MEMORY) {
                ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
                converter.writeTo(jpeg);
                ImageInspector.requireJpeg(Content.of("result", jpeg.toByteArray()), ImageInspector.MAX_SIDE);
            }
        } catch (DewatermarkInputException e) {
            assertThat(e).hasMessageEndingWith("Nothing was sent, nothing was charged.");
        }
    }
}
