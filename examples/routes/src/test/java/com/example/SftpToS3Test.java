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

@Timeout(240)
class SftpToS3Test {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private LocalSftpServer server;
    private LocalS3 s3;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(home.resolve("in"));
        server = new LocalSftpServer(home);
        s3 = new LocalS3();
        run = s3.use(new RouteRun("sftp-to-s3"))
                .with("sftp.server", server.address())
                .with("sftp.username", LocalSftpServer.USER)
                .with("sftp.password", LocalSftpServer.PASSWORD)
                .with("sftp.knownHosts", server.knownHosts(folder.resolve("known_hosts")))
                .with("sftp.folder", folder)
                .with("sftp.quiet", 200)
                .with("sftp.poll", 200)
                .with("sftp.bucket", "clean");
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        s3.close();
        server.close();
    }

    @Test
    void picturesAndClipsOfTheServerArriveInTheBucket() throws Exception {
        s3.createBucket("clean");
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        Samples.drop(home.resolve("in/clip.mp4"), Samples.clip());
        run.start();

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/photo.jpg")).hasBinaryContent(Samples.jpeg());
            assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip());
        });

        assertThat(s3.keys("clean")).containsExactlyInAnyOrder("photo.jpg", "clip.mp4");
        assertThat(s3.get("clean", "clip.mp4")).isEqualTo(Samples.clip());
        assertThat(Samples.read(s3.get("clean", "photo.jpg")))
                .extracting("width", "height")
                .containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(home.resolve("in/done/photo.jpg")).hasBinaryContent(Samples.jpeg());
        assertThat(home.resolve("in/clip.mp4")).doesNotExist();
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void anUploadThatFailsIsTriedAgainWithoutPayingAgain() throws Exception {
        run.with("errors.redeliveries", 10);
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        run.start();
        soon().until(() -> run.sandbox().ledger().size() == 1);

        s3.createBucket("clean");

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());
        assertThat(s3.keys("clean")).containsExactly("photo.jpg");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void withoutCreditsItWaitsInTheInbox() throws Exception {
        s3.createBucket("clean");
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        run.withoutCredits().start();

        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 2);

        assertThat(folder.resolve("inbox/photo.jpg")).exists();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(s3.keys("clean")).isEmpty();
    }

    @Test
    void aServerThatIsNotKnownIsNotTalkedTo() throws Exception {
        Path nobody = Files.createFile(folder.resolve("nobody"));
        run.with("sftp.knownHosts", nobody);
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        run.start();

        // some polls
        org.awaitility.Awaitility.await()
                .during(java.time.Duration.ofSeconds(2))
                .atMost(java.time.Duration.ofSeconds(60))
                .until(() -> Files.exists(home.resolve("in/photo.jpg")));
        assertThat(folder.resolve("inbox"))
                .satisfiesAnyOf(inbox -> assertThat(inbox).doesNotExist(), inbox -> assertThat(inbox)
                        .isEmptyDirectory());
        assertThat(nobody).isEmptyFile();
    }
}
