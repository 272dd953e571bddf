package com.example.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** The bundle in an Apache Karaf, which all tests share; each has a folder and a platform of its own. */
@DisabledForJreRange(minVersion = 24, disabledReason = "Apache Karaf 4.4.10 itself does not start there")
@Timeout(360)
class WatchedFolderIT {

    private static final Path BUNDLE = Path.of(System.getProperty("bundle"));
    private static final Path SAMPLES = Path.of(System.getProperty("samples"));
    private static final Path SETTINGS = Path.of("src/main/cfg", Settings.PID + ".cfg");
    private static final String JAR = "dewatermark.jar";

    @TempDir
    private static Path base;

    private static Karaf karaf;

    private Folder folder;
    private Sandbox sandbox;

    @BeforeAll
    static void startKaraf() throws IOException {
        karaf = Karaf.start(base, Map.of("DEWATERMARK_API_KEY", "sandbox-key"));
    }

    @AfterAll
    static void stopKaraf() throws Exception {
        if (karaf != null) {
            karaf.close();
        }
    }

    @BeforeEach
    void startSandbox(@TempDir Path path) {
        folder = new Folder(path);
        sandbox = sandbox(Duration.ofSeconds(1));
    }

    private static Sandbox sandbox(Duration ofATask) {
        return Sandbox.builder().taskDuration(ofATask).start();
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
    void picturesAndClipsAreCleanedByTheSettingsThatAreShipped() throws IOException {
        List<String> settings = new ArrayList<>(Files.readAllLines(SETTINGS));
        settings.addAll(List.of(
                "baseUrl = " + sandbox.baseUrl(),
                "shutdownTimeout = 20",
                "pollInterval = 200",
                "maxPollInterval = 500"));
        Folder shipped = new Folder(base.resolve("data/dewatermark"));
        int before = karaf.log().size();

        karaf.configure(Settings.PID, settings);
        karaf.deploy(JAR, BUNDLE);
        awaitLog(before, ": watching " + shipped);
        shipped.drop("images/coffee.jpg");
        shipped.drop("video/rocket-pan.mp4");

        karaf.await(() -> shipped.files("inbox/.done").containsAll(List.of("coffee.jpg", "rocket-pan.mp4")));
        assertThat(shipped.files("outbox")).containsExactlyInAnyOrder("coffee.jpg", "rocket-pan.mp4");
        assertThat(shipped.path().resolve("outbox/coffee.jpg")).isNotEmptyFile();
        assertThat(shipped.files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(2);
    }

    @Test
    void aClipIsGoneOnWithAndNotPaidAgainWhenTheBundleIsReplacedInTheMiddle() throws IOException {
        sandbox.close();
        sandbox = sandbox(Duration.ofSeconds(5));
        deployWatching(folder);
        folder.drop("video/rocket-pan.mp4");
        karaf.await(() -> sandbox.ledger().size() == 1);

        int before = karaf.log().size();
        karaf.deploy(JAR, BUNDLE);
        awaitLog(before, ": watching " + folder);
        assertThat(newLines(before, "Updating bundle")).hasSize(1);

        awaitLog(before, "Video task " + sandbox.tasks().get(0).taskId() + " is resumed");
        karaf.await(() -> folder.files("inbox/.done").contains("rocket-pan.mp4"));
        assertThat(folder.files("outbox")).containsExactly("rocket-pan.mp4");
        assertThat(folder.files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aChangeOfTheSettingsIsTakenUpWhileItRuns() throws Exception {
        Folder first = new Folder(folder.path().resolve("first"));
        Folder second = new Folder(folder.path().resolve("second"));
        deployWatching(first);

        int before = karaf.log().size();
        configure(second);
        awaitLog(before, ": watching " + second);
        first.drop("images/rocket.jpg");
        second.drop("images/coffee.jpg");

        karaf.await(() -> second.files("outbox").contains("coffee.jpg"));
        assertThat(first.files("inbox")).containsExactly("rocket.jpg");
        assertThat(karaf.threads())
                .anyMatch(name -> name.contains(second.toString()))
                .noneMatch(name -> name.contains(first.toString()));
    }

    @Test
    void aWrongSettingIsNamedInOneLineAndNothingStartsUntilItIsRight() throws Exception {
        Path file = Files.createFile(folder.path().resolve("file"));
        karaf.deploy(JAR, BUNDLE);

        assertThatIsRefused("apiKey", "", "apiKey is missing");
        assertThatIsRefused("folder", "", "folder is missing");
        assertThatIsRefused("folder", file.toString(), "folder = " + file + " can't be used");
        assertThatIsRefused("maxConcurrentRequestss", "3", "maxConcurrentRequestss is no setting, nor an option");
        assertThatIsRefused("maxConcurrentRequests", "many", "maxConcurrentRequests has a value that it can't have");
        assertThatIsRefused("pollInterval", "0", "pollInterval must be more than 0 ms");
        assertThatIsRefused("shutdownTimeout", "soon", "shutdownTimeout = soon is no number of seconds");

        int before = karaf.log().size();
        configure(folder);
        awaitLog(before, ": watching " + folder);
    }

    private void assertThatIsRefused(String name, String value, String said) throws Exception {
        List<String> settings = new ArrayList<>(settings(folder));
        settings.removeIf(setting -> setting.startsWith(name + " "));
        settings.add(name + " = " + value);
        int before = karaf.log().size();

        karaf.configure(Settings.PID, settings);

        awaitLog(before, said);
        assertThat(newLines(before, "| ERROR |"))
                .singleElement()
                .asString()
                .contains("etc/com.example.dewatermark.cfg")
                .doesNotContain(sandbox.apiKey());
        assertThat(newLines(before, "| WARN ")).isEmpty();
        assertThat(karaf.threads()).noneMatch(thread -> thread.startsWith("Camel "));
    }

    @Test
    void nothingIsLeftWhenItIsGone() throws Exception {
        List<String> threads = karaf.threads();
        deployWatching(folder);
        // results are in temp files while they wait for the outbox, and one call is under way at the end
        folder.drop("images/coffee.jpg");
        folder.drop("video/rocket-pan.mp4");
        karaf.await(() -> folder.files("inbox/.done").containsAll(List.of("coffee.jpg", "rocket-pan.mp4")));
        int beforeChange = karaf.log().size();
        List<String> changed = new ArrayList<>(settings(folder));
        changed.add("maxConcurrentRequests = 50");
        karaf.configure(Settings.PID, changed);
        awaitLog(beforeChange, ": watching " + folder);
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(30)));
        folder.drop("images/rocket.jpg");
        folder.drop("images/chelsea.jpg");
        karaf.await(() -> folder.files("outbox").contains("chelsea.jpg")
                || folder.files("outbox").contains("rocket.jpg"));

        // that these would be seen
        assertThat(karaf.threads()).anyMatch(thread -> thread.contains("Dewatermark"));
        assertThat(Folder.all(karaf.temp())).anyMatch(file -> file.contains("dewatermark"));
        assertThat(karaf.classesInUse()).anyMatch(name -> name.contains("cameldewatermark"));

        int before = karaf.log().size();
        karaf.undeploy(JAR);
        awaitLog(before, "stopped watching");

        karaf.await(() -> karaf.threads().stream()
                .filter(thread -> !threads.contains(thread))
                .noneMatch(thread -> thread.contains("Camel") || thread.contains("ewatermark")));
        assertThat(karaf.openFiles())
                .noneMatch(open -> open.startsWith(folder.toString()))
                .noneMatch(open -> open.startsWith(karaf.temp().toString()));
        assertThat(Folder.all(karaf.temp())).noneMatch(file -> file.contains("dewatermark"));
        assertThat(Folder.all(folder.path()))
                .noneMatch(file -> file.endsWith(".camelLock") || file.contains(".writing-"));
        // a class that is in use keeps its bundle, of 12 MB, in memory
        karaf.await(() -> karaf.classesInUse().stream()
                .noneMatch(name -> name.contains("cameldewatermark") || name.contains("org.apache.camel.impl")));
    }

    private void deployWatching(Folder watched) throws IOException {
        int before = karaf.log().size();
        configure(watched);
        karaf.deploy(JAR, BUNDLE);
        awaitLog(before, ": watching " + watched);
    }

    private void configure(Folder watched) throws IOException {
        karaf.configure(Settings.PID, settings(watched));
    }

    private List<String> settings(Folder watched) {
        return List.of(
                "apiKey = " + sandbox.apiKey(),
                "baseUrl = " + sandbox.baseUrl(),
                "folder = " + watched,
                "shutdownTimeout = 1",
                "pollInterval = 200",
                "maxPollInterval = 500");
    }

    private static void awaitLog(int before, String text) {
        karaf.await(() -> !newLines(before, text).isEmpty());
    }

    private static List<String> newLines(int before, String text) {
        return karaf.log().stream()
                .skip(before)
                .filter(line -> line.contains(text))
                .toList();
    }
}
