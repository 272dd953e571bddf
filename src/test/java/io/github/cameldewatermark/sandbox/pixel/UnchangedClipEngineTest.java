package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnchangedClipEngineTest {

    @TempDir
    private Path folder;

    @Test
    void theFileIsPassedOnWithTheDurationGiven() throws IOException {
        Path input = Files.writeString(folder.resolve("input.mp4"), "not looked into");
        Path output = folder.resolve("output.mp4");
        List<Double> progress = new ArrayList<>();

        ClipEngine.CleanedClip cleaned = new UnchangedClipEngine(12.5).clean(input, output, progress::add);

        assertThat(output).hasSameBinaryContentAs(input);
        assertThat(cleaned).isEqualTo(new ClipEngine.CleanedClip(12.5, false));
        assertThat(progress).containsExactly(0.0, 1.0);
    }

    @Test
    void theOutputRemainsWhenTheInputIsDeleted() throws IOException {
        Path input = Files.writeString(folder.resolve("input.mp4"), "not looked into");
        Path output = folder.resolve("output.mp4");
        new UnchangedClipEngine(1).clean(input, output, progress -> {});

        Files.delete(input);

        assertThat(output).hasContent("not looked into");
    }

    @Test
    void aMissingInputIsAnError() {
        assertThatThrownBy(() -> new UnchangedClipEngine(1)
                        .clean(folder.resolve("none.mp4"), folder.resolve("output.mp4"), progress -> {}))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void itStandsInWhereFfmpegCantBeLoaded() throws IOException {
        ClipEngine engine = ClipEngines.firstThatLoads(
                () -> {
                    throw new UnsatisfiedLinkError("no jniavutil");
                },
                7);
        Path input = Files.writeString(folder.resolve("input.mp4"), "not looked into");

        assertThat(engine.clean(input, folder.resolve("output.mp4"), progress -> {})
                        .seconds())
                .isEqualTo(7);
    }
}
