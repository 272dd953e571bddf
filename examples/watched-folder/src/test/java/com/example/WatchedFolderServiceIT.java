package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The archive, installed and started as a process, with the sandbox for a platform. */
@Timeout(360)
class WatchedFolderServiceIT {

    /** Of a JVM that SIGTERM has ended. */
    private static final int TERMINATED = 128 + 15;

    @TempDir
    private static Path shared;

    private static Installation installation;

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private ServiceProcess service;

    @BeforeAll
    static void install() throws Exception {
        installation = Installation.unpack(shared);
    }

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
        sandbox.close();
    }

    @Test
    void picturesAndClipsArriveInTheOutboxAndHealthAndMetricsTellOfThem() throws Exception {
        sandbox = Sandbox.start();
        // all by a file of the operator's own, in both spellings of Camel Main
        Path settings = Files.writeString(
                folder.resolve("own.properties"), """
                folder = %s
                camel.component.dewatermark.api-key = %s
                camel.component.dewatermark.baseUrl = %s
                camel.main.shutdown-timeout = 20
                """.formatted(folder, sandbox.apiKey(), sandbox.baseUrl()));
        service = new ServiceProcess(installation, folder).arguments("-pl", "file:" + settings);
        service.start().awaitLine(ServiceProcess.STARTED);
        service.awaitLine("Health is at " + service.url("/health") + " and metrics at " + service.url("/metrics"));
        Samples.drop(Samples.PICTURE, folder.resolve("inbox"));
        Samples.drop(Samples.CLIP, folder.resolve("inbox"));
        Samples.drop("notes.jpg", "no picture".getBytes(), folder.resolve("inbox"));
        service.awaitLine(Samples.PICTURE + " is clean, credits: 1");
        service.awaitLine(Samples.CLIP + " is clean, credits: 1.2");

        assertThatItWasCleaned(Samples.PICTURE);
        assertThat(folder.resolve("outbox").resolve(Samples.CLIP)).isNotEmptyFile();
        soon().until(() -> Files.exists(folder.resolve("inbox/.done").resolve(Samples.CLIP)));

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/notes.jpg")).exists());
        assertThat(folder.resolve("failed/notes.jpg.txt")).content().contains("notes.jpg is a text");
        assertThat(health("/health")).isEqualTo("UP");
        assertThat(health("/health/live")).isEqualTo("UP");
        assertThat(health("/health/ready")).isEqualTo("UP");
        assertThat(service.get("/health?data=true&exposureLevel=full").body()).contains("\"credit.available\":");
        soon().untilAsserted(() -> assertThat(service.get("/metrics").body())
                .containsPattern("camel_exchanges_succeeded_total\\{.*routeId=\"watched-folder\"} 3\\.0")
                .containsPattern("camel_exchanges_failures_handled_total\\{.*routeId=\"watched-folder\"} 1\\.0")
                .containsPattern("dewatermark_credits_charged_total\\{.*} 2\\.2")
                .containsPattern("dewatermark_calls_seconds_count\\{.*call=\"erase\".*outcome=\"success\"} 1"));

        assertThat(service.stop()).isEqualTo(TERMINATED);
        assertThat(service.output())
                .anyMatch(line -> line.contains("is shutting down (timeout:20s"))
                .noneMatch(line -> line.contains(sandbox.apiKey()))
                .noneMatch(line -> line.contains("0.0.0.0"));
        assertThat(sandbox.ledger()).hasSize(2);
    }

    @Test
    void eachLineOfTheLogIsJsonWhenAskedForAndAtNoLevelShowsTheKey() throws Exception {
        String key = "key-of-the-operator";
        sandbox = Sandbox.builder().apiKey(key, 10).start();
        service = service()
                .environment("LOG_FORMAT", "json")
                .environment("LOG_LEVEL", "TRACE")
                .start();
        Samples.drop(Samples.OTHER_PICTURE, folder.resolve("inbox"));
        service.awaitLine(Samples.OTHER_PICTURE + " is clean");
        service.stop();

        ObjectMapper json = new ObjectMapper();
        for (String line : service.output()) {
            JsonNode event = json.readTree(line);
            assertThat(event.path("@timestamp").asText()).isNotEmpty();
            assertThat(event.path("log.level").asText()).isNotEmpty();
            assertThat(event.has("message")).isTrue();
        }
        assertThat(service.output())
                .anyMatch(line -> line.contains("\"TRACE\""))
                .noneMatch(line -> line.contains(key));
    }

    @Test
    void aClipThatAStopInterruptsStaysInTheInboxAndIsResumedByTheNextStart() throws Exception {
        sandbox = Sandbox.builder().taskDuration(Duration.ofSeconds(8)).start();
        // while the stop waits; and the journal elsewhere, as in the unit for systemd
        Path journal = folder.resolve("state/journal");
        service = service()
                .environment("CAMEL_MAIN_SHUTDOWN_TIMEOUT", "1")
                .environment("JOURNAL", journal.toString())
                .start();
        startClip();

        assertThat(service.stop()).isEqualTo(TERMINATED);

        assertThat(folder.resolve("inbox").resolve(Samples.CLIP)).exists();
        assertThat(folder.resolve("failed")).isEmptyDirectory();
        assertThat(states(journal)).containsExactly("state=SUBMITTED");
        service = service().environment("JOURNAL", journal.toString()).start();
        assertThatTheClipIsDeliveredAndChargedOnce();
        assertThat(states(journal)).containsExactly("state=RESULT");
    }

    @Test
    void aClipThatAKillInterruptsIsResumedByTheNextStart() throws Exception {
        sandbox = Sandbox.builder().taskDuration(Duration.ofSeconds(8)).start();
        service = service().start();
        startClip();

        service.kill();

        assertThat(folder.resolve("inbox").resolve(Samples.CLIP)).exists();
        service = service().start();
        assertThatTheClipIsDeliveredAndChargedOnce();
    }

    @Test
    void itIsAliveAndNotReadyWhileAFolderIsAway() throws Exception {
        sandbox = Sandbox.start();
        service = service().start();
        service.awaitLine(ServiceProcess.STARTED);
        soon().untilAsserted(() -> assertThat(health("/health/ready")).isEqualTo("UP"));

        Files.move(folder.resolve("inbox"), folder.resolve("unmounted"));

        assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(service.get("/health/ready").body()).contains("inbox is away");
        assertThat(health("/health/live")).isEqualTo("UP");
        Files.move(folder.resolve("unmounted"), folder.resolve("inbox"));
        assertThat(health("/health/ready")).isEqualTo("UP");
    }

    @Test
    void itIsAliveAndNotReadyWhileItsKeyIsRefusedUnlessThatCheckIsOff() throws Exception {
        sandbox = Sandbox.start();
        service = service().environment("DEWATERMARK_API_KEY", "no-such-key").start();
        service.awaitLine(ServiceProcess.STARTED);

        soon().untilAsserted(
                        () -> assertThat(service.get("/health/ready").body()).contains("The API key isn't accepted"));
        assertThat(service.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(health("/health/live")).isEqualTo("UP");
        service.close();

        service = service()
                .environment("DEWATERMARK_API_KEY", "no-such-key")
                .property("camel.component.dewatermark.health-check-producer-enabled", false)
                .start();
        service.awaitLine(ServiceProcess.STARTED);
        soon().untilAsserted(() -> assertThat(health("/health/ready")).isEqualTo("UP"));
    }

    @Test
    void withoutALocaleItSaysWhichNamesItCannotReadAndCleansTheOthers() throws Exception {
        sandbox = Sandbox.start();
        service = service().environment("LC_ALL", "C").start();
        Samples.drop(Samples.PICTURE, folder.resolve("inbox"));
        service.awaitLine(Samples.PICTURE + " is clean");

        assertThat(service.output())
                .filteredOn(line -> line.contains(" WARN "))
                .singleElement()
                .asString()
                .contains("names aren't in US-ASCII", "LC_ALL=C.UTF-8");
        // as soon as all folders have been looked into
        soon().untilAsserted(() -> assertThat(health("/health/ready")).isEqualTo("UP"));
    }

    /** Not started, with settings from the environment. */
    private ServiceProcess service() {
        return new ServiceProcess(installation, folder).with(folder, sandbox);
    }

    /** Until it is paid, and being worked on. */
    private void startClip() throws Exception {
        service.awaitLine(ServiceProcess.STARTED);
        Samples.drop(Samples.CLIP, folder.resolve("inbox"));
        soon().until(() -> sandbox.requests().count(Call.STATUS) > 0);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    private void assertThatTheClipIsDeliveredAndChargedOnce() throws Exception {
        service.awaitLine(Samples.CLIP + " is clean");
        assertThat(folder.resolve("outbox").resolve(Samples.CLIP)).isNotEmptyFile();
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    /** A picture: of the same size, and another one. */
    private void assertThatItWasCleaned(String picture) throws IOException {
        Path original = folder.resolve("inbox/.done").resolve(picture);
        Path clean = folder.resolve("outbox").resolve(picture);
        soon().until(() -> Files.exists(original));
        BufferedImage before = ImageIO.read(original.toFile());
        BufferedImage after = ImageIO.read(clean.toFile());
        assertThat(after.getWidth()).isEqualTo(before.getWidth());
        assertThat(after.getHeight()).isEqualTo(before.getHeight());
        assertThat(Files.mismatch(original, clean)).isNotNegative();
    }

    private String health(String path) throws Exception {
        HttpResponse<String> answer = service.get(path);
        return new ObjectMapper().readTree(answer.body()).path("status").asText();
    }

    private static List<String> states(Path journal) throws IOException {
        List<String> states = new ArrayList<>();
        try (var entries = Files.newDirectoryStream(journal, "*.entry")) {
            for (Path entry : entries) {
                Files.readAllLines(entry).stream()
                        .filter(line -> line.startsWith("state="))
                        .forEach(states::add);
            }
        }
        return states;
    }

    private static ConditionFactory soon() {
        return await().atMost(120, SECONDS);
    }
}
