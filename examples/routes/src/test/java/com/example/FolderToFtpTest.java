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
class FolderToFtpTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private LocalFtpServer server;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        server = LocalFtpServer.start(home);
        run = new RouteRun("folder-to-ftp")
                .with("toftp.server", server.address())
                .with("toftp.username", LocalFtpServer.USER)
                .with("toftp.password", LocalFtpServer.PASSWORD)
                .with("toftp.folder", folder);
    }

    @AfterEach
    void stop() {
        run.close();
        server.close();
    }

    @Test
    void whatIsDroppedArrivesOnTheServerClean() throws Exception {
        run.start();
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/photo.jpg")).hasBinaryContent(Samples.jpeg());
            assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(Samples.clip());
        });

        assertThat(home.resolve("out/photo.jpg")).isNotEmptyFile();
        assertThat(home.resolve("out/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(home.resolve("out").toFile().list()).containsExactlyInAnyOrder("photo.jpg", "clip.mp4");
    }

    @Test
    void aServerThatIsAwayIsWaitedForWithoutPayingAgain() throws Exception {
        server.close();
        run.with("errors.redeliveries", 10).start();
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());
        soon().until(() -> run.sandbox().ledger().size() == 1);

        server = LocalFtpServer.start(home, server.port());

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());
        assertThat(home.resolve("out/photo.jpg")).isNotEmptyFile();
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aListingThatTheServerRefusesIsNotTakenForAnEmptyOne() throws Exception {
        Files.createDirectories(home.resolve("out"));
        Files.writeString(home.resolve("out/photo.jpg"), "paid long ago");
        server.refuseOnce("NLST", 425);
        run.start();
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/photo.jpg")).exists());

        assertThat(home.resolve("out/photo.jpg")).hasContent("paid long ago");
        assertThat(Batch.names(home.resolve("out"))).containsExactly("photo-2.jpg", "photo.jpg");
        assertThat(home.resolve("out/photo-2.jpg")).isNotEmptyFile();
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void whatIsNoPictureGoesToFailedWithTheReason() throws Exception {
        run.start();
        Samples.drop(folder.resolve("inbox/notes.jpg"), Samples.text());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/notes.jpg")).exists());

        assertThat(folder.resolve("failed/notes.jpg.txt")).content().contains("notes.jpg is a text");
        assertThat(home.resolve("out")).doesNotExist();
    }
}
