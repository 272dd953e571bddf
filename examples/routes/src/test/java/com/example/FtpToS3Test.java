package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a large clip is in {@link BigClipTest}. */
@Timeout(240)
class FtpToS3Test {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private LocalFtpServer server;
    private LocalS3 s3;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(home.resolve("in"));
        server = LocalFtpServer.start(home);
        s3 = new LocalS3("clean");
        run = s3.use(new RouteRun("ftp-fetch", "ftp-to-s3"))
                .with("ftp.server", server.address())
                .with("ftp.username", LocalFtpServer.USER)
                .with("ftp.password", LocalFtpServer.PASSWORD)
                .with("ftp.folder", folder)
                .with("ftp.quiet", 200)
                .with("ftp.poll", 200);
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        s3.close();
        server.close();
    }

    @Test
    void picturesAndClipsOfTheServerArriveInTheBucketAndTheRestIsLeftAlone() throws Exception {
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        Samples.drop(home.resolve("in/clip.mp4"), Samples.clip());
        Samples.drop(home.resolve("in/CLIP.MOV"), Samples.clip());
        Samples.drop(home.resolve("in/notes.txt"), "left alone".getBytes());
        run.start();

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/photo.jpg")).exists();
            assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip());
            assertThat(folder.resolve("inbox/.done/CLIP.MOV")).hasBinaryContent(Samples.clip());
        });

        assertThat(s3.keys("clean")).containsExactlyInAnyOrder("photo.jpg", "clip.mp4", "CLIP.MOV");
        assertThat(s3.get("clean", "clip.mp4")).isEqualTo(Samples.clip());
        assertThat(home.resolve("in/done/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(home.resolve("in/clip.mp4")).doesNotExist();
        assertThat(home.resolve("in/notes.txt")).exists();
        assertThat(folder.resolve(".fetching")).isEmptyDirectory();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().balance()).isEqualByComparingTo("97.8"); // the clip is there twice, and paid once
    }

    @Test
    void withoutCreditsItWaitsInTheInbox() throws Exception {
        Samples.drop(home.resolve("in/clip.mp4"), Samples.clip());
        run.withoutCredits().start();

        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 2);

        assertThat(folder.resolve("inbox/clip.mp4")).exists();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(s3.keys("clean")).isEmpty();
    }

    @Test
    void anUploadThatFailsIsTriedAgainWithoutPayingAgain() throws Exception {
        run.with("ftp.bucket", "later").with("errors.redeliveries", 10);
        Samples.drop(home.resolve("in/clip.mp4"), Samples.clip());
        run.start();
        soon().until(() -> run.sandbox().requests().count(Call.DOWNLOAD) == 1);

        s3.createBucket("later");

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).exists());
        assertThat(s3.get("later", "clip.mp4")).isEqualTo(Samples.clip());
        assertThat(run.sandbox().requests().count(Call.SUBMIT)).isEqualTo(1);
        assertThat(run.sandbox().ledger()).hasSize(1);
    }
}
