package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class VideoFolderTest {

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new RouteRun("video-folder").with("video.folder", folder);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aClipArrivesInTheOutboxAndTheOriginalIsKept() throws Exception {
        run.start();
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip()));

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().balance()).isEqualByComparingTo("98.8");
    }

    @Test
    void aFileThatIsNoClipByItsNameIsLeftAlone() throws Exception {
        run.start();
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).exists());

        assertThat(folder.resolve("inbox/photo.jpg")).exists();
    }

    @Test
    void aDownloadThatBreaksOffIsResumedAndNotPaidAgain() throws Exception {
        run.sandbox().faults().on(Call.DOWNLOAD).inject(Fault.cut());
        run.start();
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).exists());

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(run.sandbox().requests().count(Call.SUBMIT)).isEqualTo(1);
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void withoutCreditsItWaitsInTheInbox() throws Exception {
        run.withoutCredits().start();
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 2);

        assertThat(folder.resolve("inbox/clip.mp4")).exists();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(folder.resolve("outbox")).doesNotExist();
    }
}
