package io.github.cameldewatermark.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindTest {

    @AutoClose
    private final DefaultCamelContext camel = new DefaultCamelContext();

    @ParameterizedTest
    @CsvSource({
        "a.jpg, PICTURE",
        "A.JPEG, PICTURE",
        "a.jfif, PICTURE",
        "a.jpe, PICTURE",
        "a.heic, PICTURE",
        "a.avif, PICTURE",
        "a.b.tif, PICTURE",
        "'a.png ', PICTURE",
        "a.mp4, CLIP",
        "x/y.MOV, CLIP",
        "a.wmv, CLIP",
        "a.mpg, CLIP",
        "a.3gp, CLIP",
        "a.ts, CLIP",
        "a, NO_EXTENSION",
        "a., NO_EXTENSION",
        "x.y/a, NO_EXTENSION",
        "a.txt, OTHER",
        "a.jpg.part, OTHER",
        "jpg, NO_EXTENSION",
        "'a.jpg mp4', OTHER"
    })
    void theExtensionSaysIt(String name, FileKind kind) {
        assertThat(FileKind.of(name)).isEqualTo(kind);
    }

    @Test
    void aLocalFileWithoutAnExtensionIsLookedAt(@TempDir Path folder) throws Exception {
        File clip = Files.write(folder.resolve("clip"), TestClips.clip("a")).toFile();
        File picture =
                Files.write(folder.resolve("picture"), TestPictures.jpeg()).toFile();
        GenericFile<File> consumed = new GenericFile<>();
        consumed.setFile(clip);

        assertThat(isClip("clip", clip)).isTrue();
        assertThat(isClip("clip", consumed)).isTrue();
        assertThat(isClip(null, clip)).isTrue();
        assertThat(isClip("picture", picture)).isFalse();
        assertThat(isClip("clip", TestClips.clip("a"))).isFalse();
        assertThat(isClip("picture.mp4", picture)).isTrue();
        assertThat(isClip("clip.jpg", clip)).isFalse();
    }

    private boolean isClip(String name, Object body) {
        Exchange exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(body);
        exchange.getMessage().setHeader(Exchange.FILE_NAME, name);
        return FileKind.isClip(exchange);
    }
}
