package io.github.cameldewatermark.image.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.TestContent;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.imageio.IIOException;
import javax.imageio.stream.ImageInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class PictureInputTest {

    @TempDir
    private static Path folder;

    static Stream<Content> pictures() throws IOException {
        byte[] bytes = {1, 2, 3};
        Path file = Files.write(folder.resolve("picture"), bytes);
        return Stream.of(Content.of("bytes", bytes), new Content.FileContent("file", file, bytes.length));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void isReadToItsEnd(Content picture) throws IOException {
        try (ImageInputStream in = new PictureInput(picture)) {
            assertThat(in.read()).isEqualTo(1);
            assertThat(in.read(new byte[5])).isEqualTo(2);
            assertThat(in.read()).isEqualTo(-1);
            assertThat(in.read(new byte[1])).isEqualTo(-1);
        }
    }

    @Test
    void closesWhatItReads() throws IOException {
        AtomicBoolean closed = new AtomicBoolean();
        Content picture = new TestContent("photo.jpg", 0, before -> new ByteArrayInputStream(new byte[0]) {
            @Override
            public void close() {
                closed.set(true);
            }
        });

        new PictureInput(picture).close();

        assertThat(closed).isTrue();
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void whoGoesOnReadingAtTheEndIsStopped(Content picture) throws IOException {
        try (ImageInputStream in = new PictureInput(picture)) {
            in.seek(3);
            assertThatThrownBy(() -> {
                        for (int i = 0; i <= 500; i++) {
                            in.read();
                            in.read(new byte[1]);
                        }
                    })
                    .isInstanceOf(IIOException.class)
                    .hasMessage("it ends early");
        }
    }

    /** Its header promises many thousand tables, each of which is read from nothing. */
    @Test
    void aWebpThatEndsBeforeItsTablesIsRefused() throws IOException {
        byte[] bytes;
        try (InputStream in = PictureInputTest.class.getResourceAsStream(
                "ImageConverterFuzzTestInputs/aPictureIsConvertedOrRefused/endless.webp")) {
            bytes = in.readAllBytes();
        }
        Content picture = Content.of("photo.webp", bytes);
        ImageConverter converter =
                new ImageConverter(picture, ImageInspector.inspect(picture), ImageInspector.MAX_SIDE);

        assertThatThrownBy(() -> converter.writeTo(new ByteArrayOutputStream()))
                .isInstanceOf(DewatermarkInputException.class)
                .hasMessageContaining("it ends early");
    }
}
