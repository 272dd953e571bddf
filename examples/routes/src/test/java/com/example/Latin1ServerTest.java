package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** FTP servers whose names aren't UTF-8. */
@Timeout(90)
class Latin1ServerTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @Test
    void umlautsOfAServerThatKnowsNoUtf8AreUmlautsHere() throws Exception {
        String name = "Übergröße.jpg";
        try (HostileFtpServer server = HostileFtpServer.startInLatin1(home).put("in", name, Samples.jpeg());
                RouteRun run = new RouteRun("ftp-fetch", "ftp-to-folder")) {
            run.with("ftp.server", server.address())
                    .with("ftp.username", HostileFtpServer.USER)
                    .with("ftp.password", HostileFtpServer.PASSWORD)
                    .with("ftp.folder", folder)
                    .with("ftp.quiet", 200)
                    .with("ftp.poll", 200)
                    .start();

            soon().until(() -> Files.exists(folder.resolve("outbox").resolve(name)));
            soon().until(() -> server.names("in/done").contains(name));

            assertThat(server.names("in")).isEmpty();
            assertThat(server.bytes("in/done", name)).isEqualTo(Samples.jpeg());
        }
    }
}
