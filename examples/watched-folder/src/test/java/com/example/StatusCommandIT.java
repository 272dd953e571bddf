package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the installed service says of itself in a terminal. */
@Timeout(120)
class StatusCommandIT {

    @TempDir
    private static Path shared;

    private static Installation installation;

    @TempDir
    private Path folder;

    private final Sandbox sandbox = Sandbox.start();
    private ServiceProcess service;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.unpack(shared);
    }

    @AfterEach
    void stop() {
        service.close();
        sandbox.close();
    }

    private void start(String key) throws Exception {
        service = new ServiceProcess(installation, folder)
                .with(folder, sandbox)
                .environment("DEWATERMARK_API_KEY", key)
                .property("camel.component.dewatermark.maximumSpend", "5/1d");
        service.start().awaitLine(ServiceProcess.STARTED);
    }

    @Test
    void itSaysWhatIsSoAndThatItIsStopped() throws Exception {
        start(sandbox.apiKey());
        Samples.drop(Samples.PICTURE, folder.resolve("inbox"));
        Samples.drop("notes.jpg", "no picture".getBytes(), folder.resolve("inbox"));
        service.awaitLine(Samples.PICTURE + " is clean");
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(folder.resolve("failed/notes.jpg.txt"))
                .exists());
        for (String putBack : List.of("a.jpg", "b.jpg")) {
            Files.writeString(folder.resolve("failed").resolve(putBack + ".txt"), "what was wrong with it");
        }
        // of a consumer, Camel says so after its first poll, and that of pay-again waits for five seconds
        await().atMost(Duration.ofSeconds(30))
                .until(() -> service.get("/health/ready").statusCode() == 200);

        ServiceProcess running = service.status().start();

        assertThat(running.awaitEnd()).isEqualTo(StatusCommand.FINE);
        assertThat(running.output())
                .containsExactly(
                        "folder            " + folder,
                        "state             running",
                        "in the inbox      0",
                        "in the outbox     1",
                        "failed            1",
                        "spent today       1",
                        "spent this month  1",
                        "credits left      999",
                        "limit leaves      4",
                        "under way         0");

        service.stop();
        ServiceProcess stopped = service.status().start();
        assertThat(stopped.awaitEnd()).isEqualTo(StatusCommand.STOPPED);
        assertThat(stopped.output())
                .contains("state             stopped: nothing answers at " + service.url("/"), "spent today       1");
    }

    @Test
    void itSaysWhyItWaits() throws Exception {
        start("a-wrong-key");

        ServiceProcess status = service.status().start();

        assertThat(status.awaitEnd()).isEqualTo(StatusCommand.WAITING);
        assertThat(status.output())
                .anyMatch(line -> line.startsWith("state             waiting: ") && line.contains("API key"))
                .noneMatch(line -> line.contains("a-wrong-key"));
    }
}
