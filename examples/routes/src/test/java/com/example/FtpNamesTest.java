package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Names on FTP servers, of which some don't know UTF-8. */
@Timeout(240)
class FtpNamesTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @Test
    void umlautsOfAServerThatKnowsNoUtf8AreUmlautsHereIfTheRouteIsTold() throws Exception {
        String name = "Übergröße.jpg";
        try (HostileFtpServer server = HostileFtpServer.startInLatin1(home).put("in", name, Samples.jpeg());
                RouteRun run = fetch(server).with("ftp.encoding", "ISO-8859-1").start()) {

            soon().until(() -> Files.exists(folder.resolve("outbox").resolve(name)));
            soon().until(() -> server.names("in/done").contains(name));

            assertThat(server.names("in")).isEmpty();
            assertThat(server.bytes("in/done", name)).isEqualTo(Samples.jpeg());
        }
    }

    @Test
    void otherwiseTheReasonSaysWhatIsWrong() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.startInLatin1(home)
                        .put("in", "Übergröße.jpg", Samples.jpeg())
                        .put("in", "plain.jpg", Samples.jpeg());
                RouteRun run = fetch(server).start()) {

            soon().until(() -> Files.exists(folder.resolve("outbox/plain.jpg")));

            assertThat(folder.resolve("failed").toFile().listFiles())
                    .singleElement()
                    .satisfies(reason -> assertThat(reason).content().contains("its character encoding differs"));
            assertThat(run.sandbox().ledger()).hasSize(1);
        }
    }

    @Test
    void aNameThatTheServerCantRepresentIsRefusedBeforeItIsPaidFor() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.startInLatin1(home);
                RouteRun run =
                        upload(server).with("toftp.encoding", "ISO-8859-1").start()) {
            Samples.drop(folder.resolve("inbox/東京.jpg"), Samples.jpeg(50));
            Samples.drop(folder.resolve("inbox/Bürger.jpg"), Samples.jpeg(90));

            soon().until(() -> server.names("out").contains("Bürger.jpg"));
            soon().until(() -> Batch.names(folder.resolve("failed")).size() == 2);

            assertThat(server.names("out")).containsExactly("Bürger.jpg");
            assertThat(folder.resolve("failed").toFile().listFiles())
                    .hasSize(2)
                    .anySatisfy(file -> assertThat(file).hasBinaryContent(Samples.jpeg(50)))
                    .anySatisfy(file -> assertThat(file).content().contains("it can't be encoded in ISO-8859-1"));
            assertThat(run.sandbox().ledger()).hasSize(1);
        }
    }

    @Test
    void aServerThatKnowsUtf8GetsAllNamesAsTheyAre() throws Exception {
        List<String> names = List.of("中国.jpg", "東京.jpg", "日本.jpg", "Bürger.jpg", "Bu\u0308rger.jpg", "😀.jpg");
        try (HostileFtpServer server = HostileFtpServer.start(home);
                RouteRun run = upload(server).start()) {
            for (String name : names) {
                Samples.drop(folder.resolve("inbox").resolve(name), Samples.jpeg(20 * names.indexOf(name)));
            }

            soon().untilAsserted(() -> assertThat(server.names("out")).containsExactlyInAnyOrderElementsOf(names));

            assertThat(run.sandbox().ledger()).hasSize(names.size());
        }
    }

    private RouteRun fetch(HostileFtpServer server) throws Exception {
        return new RouteRun("ftp-fetch", "ftp-to-folder")
                .with("ftp.server", server.address())
                .with("ftp.username", HostileFtpServer.USER)
                .with("ftp.password", HostileFtpServer.PASSWORD)
                .with("ftp.folder", folder)
                .with("ftp.quiet", 200)
                .with("ftp.poll", 200);
    }

    private RouteRun upload(HostileFtpServer server) throws Exception {
        return new RouteRun("folder-to-ftp")
                .with("toftp.server", server.address())
                .with("toftp.username", HostileFtpServer.USER)
                .with("toftp.password", HostileFtpServer.PASSWORD)
                .with("toftp.folder", folder);
    }
}
