package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class FtpToFolderTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private LocalFtpServer server;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(home.resolve("in"));
        server = LocalFtpServer.start(home);
        run = new RouteRun("ftp-fetch", "ftp-to-folder")
                .with("ftp.server", server.address())
                .with("ftp.username", LocalFtpServer.USER)
                .with("ftp.password", LocalFtpServer.PASSWORD)
                .with("ftp.folder", folder)
                .with("ftp.quiet", 200)
                .with("ftp.poll", 200);
    }

    @AfterEach
    void stop() {
        run.close();
        server.close();
    }

    @Test
    void picturesAndClipsOfTheServerArriveInTheOutbox() throws Exception {
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        Samples.drop(home.resolve("in/clip.mp4"), Samples.clip());
        Samples.drop(home.resolve("in/readme.txt"), Samples.text());
        run.start();

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/photo.jpg")).hasBinaryContent(Samples.jpeg());
            assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip());
        });

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(Samples.read(Files.readAllBytes(folder.resolve("outbox/photo.jpg"))))
                .extracting("width", "height")
                .containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(home.resolve("in")).isDirectoryNotContaining("glob:**.jpg");
        assertThat(home.resolve("in/done/photo.jpg")).hasBinaryContent(Samples.jpeg());
        assertThat(home.resolve("in/done/clip.mp4")).exists();
        assertThat(home.resolve("in/readme.txt")).exists();
        assertThat(folder.resolve(".fetching")).isEmptyDirectory();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().balance()).isEqualByComparingTo("97.8");
    }

    @Test
    void whatIsNoPictureGoesToFailedWithTheReasonBeforeAnythingIsSpent() throws Exception {
        Samples.drop(home.resolve("in/notes.jpg"), Samples.text());
        run.start();

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/notes.jpg")).hasBinaryContent(Samples.text()));

        assertThat(folder.resolve("failed/notes.jpg.txt")).content().contains("notes.jpg is a text");
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    @Test
    void unclearMoneyIsNotSpentAgain() throws Exception {
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        run.start();

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/photo.jpg")).exists());

        assertThat(folder.resolve("failed/photo.jpg.txt")).content().contains("may have been processed and charged");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aServerThatIsAwayIsWaitedFor() throws Exception {
        server.close();
        run.start();
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());

        server = LocalFtpServer.start(home, server.port());

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());
        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
    }

    @Test
    void aFileOfTheSameNameWaitsOnTheServerUntilTheFirstOneIsClean() throws Exception {
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());
        run.sandbox().faults().on(Call.UPLOAD).inject(Fault.delay(java.time.Duration.ofSeconds(2)));
        Samples.drop(home.resolve("in/clip.mp4"), Samples.text());
        run.start();

        soon().untilAsserted(() -> assertThat(home.resolve("in/done/clip.mp4")).exists());

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
    }
}
