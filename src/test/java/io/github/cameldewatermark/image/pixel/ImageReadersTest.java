package io.github.cameldewatermark.image.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.io.OutputStream;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ImageReadersTest {

    static Stream<Arguments> needPlugins() {
        return Stream.of(
                Arguments.of(TestPictures.resource("/pictures/lossy.webp"), "a WebP picture", "imageio-webp"),
                Arguments.of(PictureSamples.cmykJpeg(8, 8), "a JPEG picture in CMYK", "imageio-jpeg"));
    }

    @ParameterizedTest
    @MethodSource("needPlugins")
    void withoutAPluginTheErrorNamesItsArtifact(byte[] bytes, String what, String artifact) throws IOException {
        Content content = Content.of("photo", bytes);
        PictureInfo info = ImageInspector.inspect(content);
        ImageReader reader = ImageReaders.of(content, info);
        ImageReaderSpi plugin = reader.getOriginatingProvider();
        reader.dispose();
        IIORegistry.getDefaultInstance().deregisterServiceProvider(plugin);
        try {
            assertThatExceptionOfType(DewatermarkInputException.class)
                    .isThrownBy(() -> new ImageConverter(content, info, 6000).writeTo(OutputStream.nullOutputStream()))
                    .withMessage("photo is " + what + ", which needs com.twelvemonkeys.imageio:" + artifact
                            + " on the class path; add it, or convert the picture to a JPEG in RGB first. Nothing was"
                            + " sent, nothing was charged.");
        } finally {
            IIORegistry.getDefaultInstance().registerServiceProvider(plugin);
        }
        assertThat(ImageReaders.of(content, info)).isNotNull();
    }
}
