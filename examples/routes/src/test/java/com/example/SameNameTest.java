package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A camera begins again at the same number; a picture becomes one that is there already. Nothing is overwritten. */
@Timeout(240)
class SameNameTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "watched-folder, folder",
        "watched-folder.camel.xml, folder",
        "WatchedFolder.java, folder",
        "shared-folder, folder",
        "refine, refine.folder"
    })
    void aNameThatComesAgainGetsAnotherOneInAllFolders(String route, String option) throws Exception {
        try (RouteRun run = new RouteRun(route).with(option, folder).start()) {
            for (int grey : List.of(50, 200)) {
                Samples.drop(folder.resolve("inbox/DSC_0001.JPG"), Samples.jpeg(grey));
                soon().until(() -> Files.notExists(folder.resolve("inbox/DSC_0001.JPG")));
                soon().until(() -> count(folder.resolve("inbox/.done")) == (grey == 50 ? 1 : 2));
            }
            assertThat(run.sandbox().ledger()).hasSize(2);
        }
        assertThat(folder.resolve("inbox/.done/DSC_0001.JPG")).hasBinaryContent(Samples.jpeg(50));
        assertThat(folder.resolve("inbox/.done/DSC_0001-2.JPG")).hasBinaryContent(Samples.jpeg(200));
        assertThat(grey(folder.resolve("outbox/DSC_0001.JPG"))).isBetween(45, 55);
        assertThat(grey(folder.resolve("outbox/DSC_0001-2.JPG"))).isBetween(195, 205);
    }

    @Test
    void aPictureThatBecomesAnotherOneGetsANameOfItsOwn() throws Exception {
        Samples.drop(folder.resolve("inbox/photo.png"), Samples.png(50));
        Samples.drop(folder.resolve("inbox/photo.png.jpg"), Samples.jpeg(200));
        try (RouteRun run =
                new RouteRun("watched-folder").with("folder", folder).start()) {
            soon().until(() -> count(folder.resolve("inbox/.done")) == 2);
            assertThat(run.sandbox().ledger()).hasSize(2);
        }
        assertThat(List.of(
                        grey(folder.resolve("outbox/photo.png.jpg")) / 100,
                        grey(folder.resolve("outbox/photo.png-2.jpg")) / 100))
                .containsExactlyInAnyOrder(0, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"watched-folder", "watched-folder.camel.xml", "WatchedFolder.java", "refine"})
    void aNameThatFailsAgainKeepsWhatFailedBefore(String route) throws Exception {
        try (RouteRun run = new RouteRun(route)
                .with("folder", folder)
                .with("refine.folder", folder)
                .start()) {
            for (String text : List.of("one", "two", "two")) {
                Samples.drop(folder.resolve("inbox/notes.jpg"), text.getBytes());
                soon().until(() -> Files.notExists(folder.resolve("inbox/notes.jpg")));
            }
            assertThat(run.sandbox().ledger()).isEmpty();
        }
        assertThat(folder.resolve("failed/notes.jpg")).hasContent("one");
        assertThat(folder.resolve("failed/notes-2.jpg")).hasContent("two");
        assertThat(folder.resolve("failed/notes.jpg.txt")).content().contains("notes.jpg is a text");
        assertThat(folder.resolve("failed/notes-2.jpg.txt")).content().contains("notes.jpg is a text");
        assertThat(count(folder.resolve("failed"))).isEqualTo(4);
    }

    @Test
    void anObjectThatComesAgainOrBecomesAnotherOneGetsAKeyOfItsOwn() throws Exception {
        try (LocalS3 s3 = new LocalS3("dirty", "clean");
                RouteRun run = s3.use(new RouteRun("s3-to-s3"))
                        .with("s3.in", "dirty")
                        .with("s3.out", "clean")
                        .with("s3.poll", 200)) {
            s3.put("dirty", "inbox/photo.png", Samples.png(50));
            s3.put("dirty", "inbox/photo.png.jpg", Samples.jpeg(200));
            run.start();
            soon().until(() -> s3.keys("dirty").stream()
                            .filter(key -> key.startsWith("done/"))
                            .count()
                    == 2);
            s3.put("dirty", "inbox/photo.png", Samples.png(120));

            // moved, so copied and then deleted
            soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                    .containsExactlyInAnyOrder(
                            "done/inbox/photo.png", "done/inbox/photo-2.png", "done/inbox/photo.png.jpg"));
            assertThat(s3.get("dirty", "done/inbox/photo-2.png")).isEqualTo(Samples.png(120));
            assertThat(s3.keys("clean"))
                    .containsExactlyInAnyOrder("inbox/photo.png.jpg", "inbox/photo.png-2.jpg", "inbox/photo.png-3.jpg");
            assertThat(run.sandbox().ledger()).hasSize(3);
        }
    }

    @Test
    void anFtpServerKeepsAllFilesOfTheSameName() throws Exception {
        Path home = Files.createDirectories(folder.resolve("home"));
        try (LocalFtpServer server = LocalFtpServer.start(home);
                RouteRun run = new RouteRun("folder-to-ftp")
                        .with("toftp.server", server.address())
                        .with("toftp.username", LocalFtpServer.USER)
                        .with("toftp.password", LocalFtpServer.PASSWORD)
                        .with("toftp.folder", folder)
                        .start()) {
            for (int grey : List.of(50, 200)) {
                Samples.drop(folder.resolve("inbox/DSC_0001.JPG"), Samples.jpeg(grey));
                soon().until(() -> count(folder.resolve("inbox/.done")) == (grey == 50 ? 1 : 2));
            }
        }
        assertThat(grey(home.resolve("out/DSC_0001.JPG"))).isBetween(45, 55);
        assertThat(grey(home.resolve("out/DSC_0001-2.JPG"))).isBetween(195, 205);
        assertThat(count(home.resolve("out"))).isEqualTo(2);
    }

    @Test
    void aFileThatIsFetchedAgainUnderTheSameNameLeavesTheFirstOneOnTheServer() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("in"));
        try (LocalFtpServer server = LocalFtpServer.start(home);
                RouteRun run = new RouteRun("ftp-fetch", "ftp-to-folder")
                        .with("ftp.server", server.address())
                        .with("ftp.username", LocalFtpServer.USER)
                        .with("ftp.password", LocalFtpServer.PASSWORD)
                        .with("ftp.folder", folder)
                        .with("ftp.quiet", 200)
                        .with("ftp.poll", 200)
                        .start()) {
            fetchTwice(home);
        }
    }

    @Test
    void soDoesOneFromAnSftpServer() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("in"));
        try (LocalSftpServer server = new LocalSftpServer(home);
                LocalS3 s3 = new LocalS3("clean");
                RouteRun run = s3.use(new RouteRun("sftp-to-s3"))
                        .with("sftp.server", server.address())
                        .with("sftp.username", LocalSftpServer.USER)
                        .with("sftp.password", LocalSftpServer.PASSWORD)
                        .with("sftp.knownHosts", server.knownHosts(folder.resolve("known_hosts")))
                        .with("sftp.folder", folder)
                        .with("sftp.quiet", 200)
                        .with("sftp.poll", 200)
                        .start()) {
            fetchTwice(home);
            assertThat(s3.keys("clean")).containsExactlyInAnyOrder("DSC_0001.JPG", "DSC_0001-2.JPG");
        }
    }

    private void fetchTwice(Path home) throws Exception {
        for (int grey : List.of(50, 200)) {
            Samples.drop(home.resolve("in/DSC_0001.JPG"), Samples.jpeg(grey));
            soon().until(() -> count(folder.resolve("inbox/.done")) == (grey == 50 ? 1 : 2));
        }
        assertThat(folder.resolve("inbox/.done/DSC_0001.JPG")).hasBinaryContent(Samples.jpeg(50));
        assertThat(folder.resolve("inbox/.done/DSC_0001-2.JPG")).hasBinaryContent(Samples.jpeg(200));
        soon().untilAsserted(() -> {
            assertThat(home.resolve("in/done/DSC_0001.JPG")).hasBinaryContent(Samples.jpeg(50));
            assertThat(home.resolve("in/done/DSC_0001-2.JPG")).hasBinaryContent(Samples.jpeg(200));
        });
    }

    private static int count(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : names.length;
    }

    private static int grey(Path picture) throws Exception {
        return new Color(Samples.read(Files.readAllBytes(picture)).getRGB(2, 2)).getRed();
    }
}
