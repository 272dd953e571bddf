package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class RefineTest {

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void start() throws Exception {
        run = new RouteRun("refine").with("refine.folder", folder).start();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPictureWithAMaskIsCleanedWhereTheMaskIsWhite() throws Exception {
        Samples.drop(folder.resolve("inbox/photo.mask.png"), Samples.mask());
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());

        assertThat(middle(Samples.jpeg()).getRed()).isGreaterThan(240);
        assertThat(middle(Files.readAllBytes(folder.resolve("outbox/photo.jpg")))
                        .getRed())
                .isBetween(100, 160);
        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.mask.png")).hasBinaryContent(Samples.mask()));
        assertThat(folder.resolve("inbox/photo.mask.png")).doesNotExist();
    }

    @Test
    void aPictureWithoutAMaskIsCleanedAutomatically() throws Exception {
        Samples.drop(folder.resolve("inbox/other.mask.png"), Samples.mask());
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());

        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("inbox/other.mask.png")).exists();
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aMaskThatIsNoPictureGoesToFailedWithItsPictureBeforeAnythingIsSpent() throws Exception {
        Samples.drop(folder.resolve("inbox/photo.mask.png"), Samples.text());
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("failed/photo.jpg")).exists();
            assertThat(folder.resolve("failed/photo.mask.png")).exists();
        });

        assertThat(folder.resolve("failed/photo.jpg.txt")).content().contains("mask");
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    private static Color middle(byte[] picture) throws Exception {
        return new Color(Samples.read(picture).getRGB(Samples.WIDTH / 2, Samples.HEIGHT / 2));
    }
}
