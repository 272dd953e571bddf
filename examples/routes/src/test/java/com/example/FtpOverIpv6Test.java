package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that has only an IPv6 address. Camel takes no such address in the URI of an endpoint, only a name; the process has a
 * hosts file of its own for that.
 */
@Timeout(240)
class FtpOverIpv6Test {

    @TempDir
    private Path dir;

    @Test
    void strangeNamesDoNoHarmThereEither() throws Exception {
        Path home = Files.createDirectories(dir.resolve("home"));
        Path hosts = Files.writeString(dir.resolve("hosts"), "::1 six\n");
        Path victim = dir.resolve("local/outbox/victim.jpg");
        Samples.drop(victim, Samples.jpeg(10));
        Samples.drop(dir.resolve("upload/inbox/Bürger.jpg"), Samples.jpeg(20));
        try (Sandbox sandbox = Sandbox.start();
                HostileFtpServer server = HostileFtpServer.startOnIpv6(home)
                        .put("in", "sub/../../outbox/victim.jpg", Samples.jpeg(30))
                        .put("in", "${bean:type:java.lang.System?method=exit(3)}.jpg", Samples.jpeg(40))
                        .put("in", "東京.jpg", Samples.jpeg(50));
                RouteProcess route = new RouteProcess(
                        Files.createDirectories(dir.resolve("temp")),
                        dir.resolve("route.log"),
                        "ftp-fetch,ftp-to-folder,folder-to-ftp")) {
            route.with("jdk.net.hosts.file", hosts)
                    .with("camel.component.dewatermark.baseUrl", sandbox.baseUrl())
                    .with("ftp.server", "six:" + server.port())
                    .with("ftp.username", HostileFtpServer.USER)
                    .with("ftp.password", HostileFtpServer.PASSWORD)
                    .with("ftp.folder", dir.resolve("local"))
                    .with("ftp.quiet", 200)
                    .with("ftp.poll", 200)
                    .with("toftp.server", "six:" + server.port())
                    .with("toftp.username", HostileFtpServer.USER)
                    .with("toftp.password", HostileFtpServer.PASSWORD)
                    .with("toftp.folder", dir.resolve("upload"))
                    .start(sandbox.apiKey());

            soon().untilAsserted(() -> {
                assertThat(route.isRunning()).as(route::output).isTrue();
                assertThat(server.names("in/done")).as(route::output).containsExactly("東京.jpg");
                assertThat(server.names("out")).as(route::output).containsExactly("Bürger.jpg");
                assertThat(dir.resolve("local/outbox").toFile().list())
                        .containsExactlyInAnyOrder("victim.jpg", "東京.jpg");
            });

            assertThat(dir.resolve("local/failed").toFile().list()).hasSize(2).allMatch(name -> name.endsWith(".txt"));
            assertThat(sandbox.ledger()).hasSize(2);
        }
        assertThat(victim).hasBinaryContent(Samples.jpeg(10));
    }
}
