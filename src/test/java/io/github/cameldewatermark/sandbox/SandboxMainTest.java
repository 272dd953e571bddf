package io.github.cameldewatermark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The sandbox as a process of its own. */
class SandboxMainTest {

    private static final Pattern READY = Pattern.compile("Dewatermark sandbox on (http://127\\.0\\.0\\.1:\\d+)\\R");

    @TempDir
    Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stop() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no SIGTERM")
    void itSaysWhereItIsAndStopsWhenTold() throws Exception {
        Path data = folder.resolve("data");
        Process process = start("--api-key", "mine", "--credits=7.5", "--clips", "unchanged", "--data-dir", "" + data);
        TestClient client = new TestClient(baseUrl(process), "mine");

        assertThat(TestClient.json(client.get(TestClient.CREDIT))
                        .at("/data/available_credit")
                        .decimalValue())
                .isEqualByComparingTo("7.5");

        process.destroy();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(output(process)).doesNotContain("Exception");
        try (Sandbox next = Sandbox.builder().apiKey("mine", 1).dataDir(data).start()) {
            assertThat(next.balance()).isEqualByComparingTo("7.5");
        }
    }

    @Test
    void aKilledSandboxGoesOnWithItsTasksAndItsAccounts() throws Exception {
        String[] options = {"--data-dir", folder.resolve("data").toString(), "--clips=unchanged", "--task-duration=3"};
        Process first = start(options);
        TestClient client = new TestClient(baseUrl(first), SandboxBuilder.DEFAULT_API_KEY);
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            tasks.add(client.submitClip(TestClips.mp4(5, 100_000)));
        }
        first.destroyForcibly().waitFor();

        TestClient again = new TestClient(baseUrl(start(options)), SandboxBuilder.DEFAULT_API_KEY);

        for (String task : tasks) {
            JsonNode done = await().atMost(Duration.ofSeconds(20))
                    .until(() -> again.status(task), status -> status.has("download_signed_url"));
            assertThat(done.get("duration").asDouble()).isEqualTo(5);
        }
        assertThat(TestClient.json(again.get(TestClient.CREDIT))
                        .at("/data/available_credit")
                        .decimalValue())
                .isEqualByComparingTo("980");
    }

    @Test
    void aWrongOptionIsExplained() throws Exception {
        Process process = start("--speed", "3");

        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(2);
        assertThat(output(process))
                .contains("Unknown option: --speed", "Usage:")
                .doesNotContain("Exception");
    }

    @Test
    void aPortThatIsTakenIsExplained() throws Exception {
        try (Sandbox sandbox = Sandbox.start()) {
            String port = sandbox.baseUrl().substring(sandbox.baseUrl().lastIndexOf(':') + 1);
            Process process = start("--port", port);

            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(1);
            assertThat(output(process)).contains("in use").doesNotContain("\tat ");
        }
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxMain.class.getName()));
        command.addAll(List.of(options));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(processes.size()))
                .start();
        processes.add(process);
        return process;
    }

    private String baseUrl(Process process) {
        return await().atMost(Duration.ofSeconds(30))
                .until(
                        () -> {
                            Matcher ready = READY.matcher(output(process));
                            return ready.find() ? ready.group(1) : null;
                        },
                        url -> url != null);
    }

    private String output(Process process) throws IOException {
        return Files.readString(output(processes.indexOf(process)).toPath());
    }

    private File output(int number) {
        return folder.resolve("output-" + number + ".txt").toFile();
    }
}
