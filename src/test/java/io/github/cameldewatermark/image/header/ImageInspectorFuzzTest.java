package io.github.cameldewatermark.image.header;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;

/** Any bytes for a picture: it passes, with a size that the API takes, or is refused. */
class ImageInspectorFuzzTest {

    @FuzzTest
    void aPictureOrMaskPassesOrIsRefused(byte[] bytes) {
        Content content = Content.of("photo.jpg", bytes);
        try {
            PictureInfo info = ImageInspector.requireJpeg(content, ImageInspector.MAX_SIDE);
            assertThat(info.format()).isEqualTo(PictureFormat.JPEG);
            assertThat(info.width()).isBetween(1, ImageInspector.MAX_SIDE);
            assertThat(info.height()).isBetween(1, ImageInspector.MAX_SIDE);
            assertThat(bytes).startsWith(0xFF, 0xD8, 0xFF);
        } catch (DewatermarkInputException e) {
            assertThat(e).hasMessageEndingWith("Nothing was sent, nothing was charged.");
        }
    }
}
