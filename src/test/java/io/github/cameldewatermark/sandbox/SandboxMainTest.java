package io.github.cameldewatermark.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.Task;
import io.github.cameldewatermark.sandbox.platform.TaskKind;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.io.File;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
    void eachRequestIsALineWithoutTheKeyAndWithoutWhatSignsAUrl() throws Exception {
        Process process = start("--api-key", "secret-key", "--clips", "unchanged");
        TestClient client = new TestClient(baseUrl(process), "secret-key");

        client.submitClip(TestClips.mp4(1, 1000));
        new TestClient(baseUrl(process), "wrong-key").get(TestClient.CREDIT);
        client.get("/a%0Ab");

        await().untilAsserted(() -> assertThat(requestLines(process))
                .containsExactlyInAnyOrder(
                        "POST /api/video/v1/upload 200",
                        "PUT /storage/* 200",
                        "POST /api/video/v1/tasks 200",
                        "GET /api/creditInfo 401",
                        "GET /a%0Ab 404"));
        assertThat(output(process).lines().filter(line -> line.endsWith(" ms")))
                .noneMatch(line -> line.contains("-key") || line.contains("?"));
    }

    /** Without the time, the duration and the names of clips. */
    private List<String> requestLines(Process process) throws IOException {
        return output(process)
                .lines()
                .filter(line -> line.endsWith(" ms"))
                .map(line -> line.replaceFirst("^\\S+ ", "")
                        .replaceFirst(" \\d+ ms$", "")
                        .replaceFirst("/storage/\\S+", "/storage/*"))
                .toList();
    }

    @Test
    void aSandboxThatIsKilledInTheMiddleGoesOnAndEachTaskIsPaidOnce() throws Exception {
        Path data = folder.resolve("data");
        Process first = start("--data-dir", data.toString(), "--clips=unchanged", "--task-duration=2");
        TestClient client = new TestClient(baseUrl(first), SandboxBuilder.DEFAULT_API_KEY);
        AtomicInteger submitted = new AtomicInteger();
        Thread busy = new Thread(() -> submitUntilItDies(client, submitted));
        busy.start();
        await().atMost(60, TimeUnit.SECONDS).until(() -> submitted.get() >= 25);
        first.destroyForcibly().waitFor();
        busy.join();

        try (Sandbox again = Sandbox.builder()
                .dataDir(data)
                .taskDuration(Duration.ofSeconds(2))
                .clipEngine(new UnchangedClips())
                .start()) {
            await().atMost(60, TimeUnit.SECONDS)
                    .until(() -> tasks(again, TaskStatus.PROCESSING).isEmpty());
            List<String> completed = tasks(again, TaskStatus.COMPLETED);
            assertThat(again.tasks()).extracting(Task::kind).contains(TaskKind.VIDEO, TaskKind.PDF);
            assertThat(completed).hasSizeGreaterThanOrEqualTo(submitted.get());
            assertThat(again.ledger())
                    .extracting(LedgerEntry::reference)
                    .containsExactlyInAnyOrderElementsOf(completed);
            assertThat(again.balance()).isEqualByComparingTo(BigDecimal.valueOf(1000 - completed.size()));
        }
    }

    private static void submitUntilItDies(TestClient client, AtomicInteger submitted) {
        byte[] pdf = TestPdfs.pages(2); // costs 1 credit, as the clip does
        try {
            while (true) {
                client.submitClip(TestClips.mp4(5, 10_000));
                submitted.incrementAndGet();
                client.submitPdf(pdf);
                submitted.incrementAndGet();
            }
        } catch (IOException e) {
            // it was killed, as is meant to be
        }
    }

    private static List<String> tasks(Sandbox sandbox, TaskStatus status) {
        return sandbox.tasks().stream()
                .filter(task -> task.status() == status)
                .map(Task::taskId)
                .toList();
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

    @Test
    void aMissingLibraryIsNamedAndTheReadmeHasItsVersion() throws Exception {
        try (JavaProcess process = JavaProcess.startWithout("commons-fileupload2", SandboxMain.class)) {
            assertThat(process.awaitEnd(20)).isEqualTo(1);
            assertThat(process.output())
                    .singleElement()
                    .asString()
                    .endsWith("add the dependency org.apache.commons:commons-fileupload2-core");
        }
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher version =
                Pattern.compile("<commons-fileupload2.version>(.+?)</").matcher(pom);
        assertThat(version.find()).isTrue();
        assertThat(Path.of("src/test/java/io/github/cameldewatermark/sandbox/README.md"))
                .content()
                .containsSubsequence("commons-fileupload2-core</artifactId>", "<version>" + version.group(1) + "<");
    }

    @Test
    void withoutPdfBoxEverythingElseWorksAndCallsForPdfsNameIt() throws Exception {
        try (JavaProcess process = JavaProcess.startWithout("pdfbox", SandboxMain.class, "--clips=unchanged")) {
            String baseUrl = process.awaitLine("Dewatermark sandbox on ", 30);
            TestClient client = new TestClient(baseUrl, SandboxBuilder.DEFAULT_API_KEY);
            assertMissing(TestClient.send(client.to(TestClient.PDF_UPLOAD).POST(BodyPublishers.noBody())));
            assertMissing(client.submitPdf("task"));
            assertMissing(client.get(TestClient.PDF_TASKS + "/task"));
            assertThat(new TestClient(baseUrl, "wrong").submitPdf("task").statusCode())
                    .isEqualTo(401);

            String taskId = client.submitClip(TestClips.mp4(1, 1000));
            await().until(() -> client.status(taskId).get("status").asText().equals("COMPLETED"));
        }
    }

    private static void assertMissing(HttpResponse<byte[]> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(501);
        assertThat(TestClient.message(response)).contains("add the dependency org.apache.pdfbox:pdfbox");
    }

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1", // it doesn't live long
                "-XX:+UseSerialGC",
                "-XX:MetaspaceSize=64m",
                "-Djava.io.tmpdir=" + folder, // as it is killed
                "-Dlog4j2.configurationFile=log4j2-sandbox.properties", // as mvn -Psandbox has it
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
