package com.example.karaf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundle in an Apache Karaf, which all tests share; each has a folder and a platform of its own. */
@Timeout(120)
class WatchedFolderIT {

    private static final Path BUNDLE = Path.of(System.getProperty("bundle"));
    private static final Path SAMPLES = Path.of(System.getProperty("samples"));
    private static final String JAR = "dewatermark.jar";

    @TempDir
    private static Path base;

    private static Karaf karaf;

    @TempDir
    private Path folder;

    private Sandbox sandbox;

    @BeforeAll
    static void startKaraf() throws IOException {
        karaf = Karaf.start(base);
    }

    @AfterAll
    static void stopKaraf() throws Exception {
        if (karaf != null) {
            karaf.close();
        }
    }

    @BeforeEach
    void startSandbox() {
        sandbox = Sandbox.builder().taskDuration(Duration.ofSeconds(5)).start();
    }

    @AfterEach
    void undeploy() throws IOException {
        int before = karaf.log().size();
        if (karaf.undeploy(JAR)) {
            awaitLog(before, "Uninstalling bundle");
        }
        karaf.unconfigure(Settings.PID);
        awaitLog(before, "Deleting configuration {" + Settings.PID);
        sandbox.close();
    }

    @Test
    void picturesAndClipsAreCleaned() throws IOException {
        deployWatching(folder);

        drop("images/coffee.jpg");
        drop("video/rocket-pan.mp4");

        soon().until(() -> files("outbox").containsAll(List.of("coffee.jpg", "rocket-pan.mp4")));
        soon().until(() -> files("inbox/.done").containsAll(List.of("coffee.jpg", "rocket-pan.mp4")));
        assertThat(folder.resolve("outbox/coffee.jpg")).isNotEmptyFile();
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(2);
    }

    @Test
    void aClipIsGoneOnWithAndNotPaidAgainWhenTheBundleIsReplacedInTheMiddle() throws IOException {
        deployWatching(folder);
        drop("video/rocket-pan.mp4");
        soon().until(() -> sandbox.ledger().size() == 1);

        int before = karaf.log().size();
        karaf.deploy(JAR, BUNDLE);
        awaitLog(before, "Updating bundle");
        awaitLog(before, "watching " + folder);
        assertThat(files("outbox")).isEmpty();
        assertThat(files("failed")).isEmpty();

        soon().until(() -> files("inbox/.done").contains("rocket-pan.mp4"));
        assertThat(files("outbox")).containsExactly("rocket-pan.mp4");
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aChangeOfTheSettingsIsTakenUpWhileItRuns() throws Exception {
        deployWatching(folder.resolve("first"));
        Path second = folder.resolve("second");

        int before = karaf.log().size();
        configure(second);
        awaitLog(before, "watching " + second);
        drop("images/coffee.jpg", second);
        drop("images/rocket.jpg", folder.resolve("first"));

        soon().until(() -> Files.exists(second.resolve("outbox/coffee.jpg")));
        assertThat(folder.resolve("first/inbox/rocket.jpg")).exists();
        assertThat(karaf.threads()).noneMatch(name -> name.contains(folder + "/first"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "apiKey                | apiKey =               | apiKey is missing",
                "folder                | folder =               | folder is missing",
                "folder                | folder = {file}        | folder = {file} can't be used",
                "maxInFlightt          | maxInFlightt = 3       | maxInFlightt is no setting, nor an option",
                "maxInFlight           | maxInFlight = many     | maxInFlight has a value that it can't have",
                "pollInterval          | pollInterval = 0       | pollInterval must be more than 0 ms",
                "shutdownTimeout       | shutdownTimeout = soon | shutdownTimeout = soon is no number of seconds"
            })
    void aWrongSettingIsNamedInOneLineAndNothingStartsUntilItIsRight(String name, String line, String said)
            throws Exception {
        Path file = Files.createFile(folder.resolve("file"));
        List<String> settings = new ArrayList<>(settings(folder));
        settings.removeIf(setting -> setting.startsWith(name + " "));
        settings.add(line.replace("{file}", file.toString()));
        int before = karaf.log().size();

        karaf.configure(Settings.PID, settings);
        karaf.deploy(JAR, BUNDLE);

        awaitLog(before, said.replace("{file}", file.toString()));
        assertThat(newLines(before, "| ERROR |"))
                .singleElement()
                .asString()
                .contains("etc/com.example.dewatermark.cfg")
                .doesNotContain(sandbox.apiKey());
        assertThat(newLines(before, "| WARN ")).isEmpty();
        assertThat(karaf.threads()).noneMatch(thread -> thread.startsWith("Camel "));

        configure(folder);
        awaitLog(before, "watching " + folder);
    }

    @Test
    void nothingIsLeftWhenItIsGone() throws Exception {
        List<String> threads = karaf.threads();
        deployWatching(folder);
        // results are in temp files while they wait for the outbox, and one call is under way at the end
        drop("images/coffee.jpg");
        drop("video/rocket-pan.mp4");
        soon().until(() -> files("inbox/.done").containsAll(List.of("coffee.jpg", "rocket-pan.mp4")));
        configure(folder);
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(30)));
        drop("images/rocket.jpg");
        drop("images/chelsea.jpg");
        soon().until(() -> files("outbox").contains("chelsea.jpg") || files("outbox").contains("rocket.jpg"));

        int before = karaf.log().size();
        karaf.undeploy(JAR);
        awaitLog(before, "stopped watching");

        soon().untilAsserted(() -> assertThat(karaf.threads())
                .filteredOn(thread -> !threads.contains(thread))
                .noneMatch(thread -> thread.contains("Camel") || thread.contains("ewatermark")));
        assertThat(karaf.openFiles())
                .noneMatch(open -> open.startsWith(folder.toString()))
                .noneMatch(open -> open.startsWith(karaf.temp().toString()));
        assertThat(filesBelow(karaf.temp())).noneMatch(file -> file.contains("dewatermark"));
        assertThat(filesBelow(folder)).noneMatch(file -> file.endsWith(".camelLock") || file.contains(".writing-"));
        // a class that is in use keeps its bundle, of 12 MB, in memory
        soon().untilAsserted(() -> assertThat(karaf.classesInUse())
                .noneMatch(name -> name.contains("cameldewatermark") || name.contains("org.apache.camel.impl")));
    }

    private void deployWatching(Path watched) throws IOException {
        int before = karaf.log().size();
        configure(watched);
        karaf.deploy(JAR, BUNDLE);
        awaitLog(before, "watching " + watched);
    }

    private void configure(Path watched) throws IOException {
        karaf.configure(Settings.PID, settings(watched));
    }

    private List<String> settings(Path watched) {
        return List.of(
                "apiKey = " + sandbox.apiKey(),
                "baseUrl = " + sandbox.baseUrl(),
                "folder = " + watched,
                "shutdownTimeout = 1",
                "pollInterval = 200",
                "maxPollInterval = 500");
    }

    private void drop(String sample) throws IOException {
        drop(sample, folder);
    }

    /** As if it had been there for a while: the route waits for files that may still be written. */
    private static void drop(String sample, Path folder) throws IOException {
        Path file = SAMPLES.resolve(sample);
        Path elsewhere = Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(elsewhere, folder.resolve("inbox").resolve(file.getFileName()));
    }

    private static void awaitLog(int before, String text) {
        soon().until(() -> !newLines(before, text).isEmpty());
    }

    private static List<String> newLines(int before, String text) {
        return karaf.log().stream()
                .skip(before)
                .filter(line -> line.contains(text))
                .toList();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(40));
    }

    private List<String> files(String part) throws IOException {
        Path path = folder.resolve(part);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    private static List<String> filesBelow(Path path) throws IOException {
        try (Stream<Path> files = Files.walk(path)) {
            return files.map(Path::toString).toList();
        }
    }
}
