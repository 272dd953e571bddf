package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** In FTP a command ends with its line. A local file may have a name of two lines. */
@Timeout(240)
class LineBreakInANameTest {

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    @Test
    void whatFollowsIsNoCommandForTheServer() throws Exception {
        try (HostileFtpServer server = HostileFtpServer.start(home).put("", "precious.jpg", new byte[1]);
                RouteRun run = new RouteRun("folder-to-ftp")) {
            run.with("toftp.server", server.address())
                    .with("toftp.username", HostileFtpServer.USER)
                    .with("toftp.password", HostileFtpServer.PASSWORD)
                    .with("toftp.folder", folder)
                    .with("errors.redeliveries", 1)
                    .start();
            Samples.drop(folder.resolve("inbox/x\nDELE precious.jpg"), Samples.jpeg());

            Samples.drop(folder.resolve("inbox/y.jpg"), Samples.jpeg());

            soon().until(() -> server.names("out").contains("y.jpg"));

            assertThat(server.commands()).noneMatch(command -> command.startsWith("DELE"));
            assertThat(server.names("")).containsExactly("precious.jpg");
            assertThat(server.names("out")).containsExactly("y.jpg");
            assertThat(run.sandbox().ledger()).hasSize(1);
        }
    }
}
