package io.github.cameldewatermark.sandbox;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.put;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.pdf.OverlayRemover;
import io.github.cameldewatermark.sandbox.pdf.PdfEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import io.github.cameldewatermark.sandbox.platform.TaskKind;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

    private static final byte[] CLIP = TestClips.mp4(6, 100);

    @TempDir
    Path data;

    private final TestClock clock = new TestClock();

    private SandboxBuilder builder() {
        return Sandbox.builder()
                .dataDir(data)
                .clock(clock)
                .taskDuration(Duration.ofSeconds(20))
                .pictureEngine(new WhiteningPictures())
                .clipEngine(TestClips.copying(6));
    }

    @Test
    void creditsThatWereBoughtAreThereAtOnceAndAfterARestart() {
        try (Sandbox first = builder().credits(0).start()) {
            first.grant(3);
            assertThat(first.balance()).isEqualByComparingTo("3");
        }
        try (Sandbox second = builder().credits(0).start()) {
            assertThat(second.balance()).isEqualByComparingTo("3");
        }
    }

    /** An engine that has begun when its sandbox ends. */
    private static ClipEngine.CleanedClip never(Path input, Path output, DoubleConsumer progress) throws IOException {
        Files.writeString(output, "half a clip");
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        throw new IOException("never");
    }

    @Test
    void aTaskThatGoesOnHasItsBrush() throws IOException {
        String taskId;
        try (Sandbox first = builder().clipEngine(RestartTest::never).start()) {
            TestClient client = new TestClient(first);
            JsonNode ticket = client.createUpload();
            put(ticket.get("upload_signed_url").asText(), CLIP);
            taskId = ticket.get("task_id").asText();
            client.post(TestClient.TASKS, new Form().text("task_id", taskId).brush(TestPictures.brush()));
        }
        CompletableFuture<BufferedImage> erased = new CompletableFuture<>();
        ClipEngine engine = new ClipEngine() {
            @Override
            public CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException {
                throw new IOException("no brush");
            }

            @Override
            public CleanedClip clean(Path input, BufferedImage brush, Path output, DoubleConsumer progress)
                    throws IOException {
                erased.complete(brush);
                return TestClips.copying(6).clean(input, output, progress);
            }
        };
        try (Sandbox second = builder().clipEngine(engine).start()) {
            clock.pass(Duration.ofSeconds(20));
            await().until(() -> second.task(taskId).status() == TaskStatus.COMPLETED);
        }
        assertThat(erased.join().getWidth()).isEqualTo(64);
        try (Stream<Path> left = Files.list(data.resolve("brushes"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void aTaskGoesOnWhereItWasAndIsChargedOnce() throws IOException {
        String taskId;
        try (Sandbox first = builder().clipEngine(RestartTest::never).start()) {
            taskId = new TestClient(first).submitClip(CLIP);
            clock.pass(Duration.ofSeconds(5));
        }
        try (Sandbox second = builder().start()) {
            TestClient client = new TestClient(second);
            assertThat(client.status(taskId).get("progress").asDouble()).isEqualTo(0.25);
            clock.pass(Duration.ofSeconds(15));
            JsonNode done = await().until(() -> client.status(taskId), status -> status.has("download_signed_url"));
            assertThat(send(anywhere(done.get("download_signed_url").asText()).GET())
                            .body())
                    .isEqualTo(CLIP);
            assertThat(second.ledger()).hasSize(1);
            assertThat(second.balance()).isEqualByComparingTo("998.8");
        }
    }

    /** An engine that has begun when its sandbox ends. */
    private static final class NeverDone implements PdfEngine {

        @Override
        public int pages(Path input) throws IOException {
            return new OverlayRemover().pages(input);
        }

        @Override
        public boolean clean(Path input, Path output) throws IOException {
            never(input, output, progress -> {});
            return false;
        }
    }

    @Test
    void aTaskOfAPdfGoesOnAndIsChargedOnceAndAFailedOneIsRefundedOnce() throws IOException {
        String taskId;
        String failing;
        try (Sandbox first = builder().pdfEngine(new NeverDone()).start()) {
            TestClient client = new TestClient(first);
            taskId = client.submitPdf(TestPdfs.pages(12));
            first.faults().on(Call.SUBMIT).inject(Fault.failingTask());
            failing = client.submitPdf(TestPdfs.pages(12));
            assertThat(first.balance()).isEqualByComparingTo("996");
            clock.pass(Duration.ofSeconds(15));
        }
        // as if the process had been killed before the charges were written
        Files.writeString(data.resolve("ledger.jsonl"), "");
        for (int i = 0; i < 2; i++) {
            try (Sandbox again = builder().start()) {
                TestClient client = new TestClient(again);
                clock.pass(Duration.ofSeconds(5));
                JsonNode done = await().until(() -> client.pdfStatus(taskId), status -> status.has("result_url"));
                assertThat(send(anywhere(done.get("result_url").asText()).GET()).body())
                        .startsWith("%PDF-".getBytes(StandardCharsets.US_ASCII));
                assertThat(client.pdfStatus(failing).get("status").asText()).isEqualTo("FAILED");
                assertThat(again.ledger())
                        .extracting(LedgerEntry::reference, LedgerEntry::kind)
                        .containsExactlyInAnyOrder(
                                tuple(taskId, Kind.CHARGE), tuple(failing, Kind.CHARGE), tuple(failing, Kind.REFUND));
                assertThat(again.balance()).isEqualByComparingTo("998");
            }
        }
    }

    @Test
    void aTaskOfAFolderFromBeforeThereWerePdfsIsThatOfAClip() throws IOException {
        String taskId;
        try (Sandbox first = builder().clipEngine(RestartTest::never).start()) {
            taskId = new TestClient(first).submitClip(CLIP);
        }
        Path task = data.resolve("tasks/" + taskId + ".json");
        Files.writeString(
                task, Files.readString(task).replace("\"kind\":\"VIDEO\",", "").replace("\"length\"", "\"seconds\""));
        try (Sandbox second = builder().start()) {
            assertThat(second.task(taskId).kind()).isEqualTo(TaskKind.VIDEO);
            assertThat(second.task(taskId).length()).isEqualTo(6);
        }
    }

    @Test
    void creditsSessionsAndSignedUrlsOutliveTheSandbox() throws IOException {
        String session;
        String uploadUrl;
        try (Sandbox first = builder().start()) {
            TestClient client = new TestClient(first);
            session = json(client.erase(new Form().image(TestPictures.jpeg(40, 40, Color.BLUE))))
                    .get("session_id")
                    .asText();
            uploadUrl = client.createUpload().get("upload_signed_url").asText();
        }
        try (Sandbox second = builder().credits(5).start()) {
            TestClient client = new TestClient(second);
            assertThat(second.balance()).as("what was granted first counts").isEqualByComparingTo("999");
            byte[] brush = TestPictures.brush(40, 40, new Rectangle(30, 30, 5, 5));
            assertThat(client.erase(new Form().text("session_id", session).brush(brush))
                            .statusCode())
                    .isEqualTo(200);
            URI old = URI.create(uploadUrl);
            String moved = second.baseUrl() + old.getRawPath() + "?" + old.getRawQuery();
            assertThat(put(moved, CLIP).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aFailureIsRefundedOnceHoweverOftenItIsStarted() throws IOException {
        String taskId;
        try (Sandbox first = builder().start()) {
            first.faults().on(Call.SUBMIT).inject(Fault.failingTask());
            taskId = new TestClient(first).submitClip(CLIP);
        }
        clock.pass(Duration.ofSeconds(20));
        for (int i = 0; i < 3; i++) {
            try (Sandbox again = builder().start()) {
                assertThat(again.task(taskId).status()).isEqualTo(TaskStatus.FAILED);
                assertThat(again.ledger()).extracting("kind").containsExactly(Kind.CHARGE, Kind.REFUND);
                assertThat(again.balance()).isEqualByComparingTo("1000");
            }
        }
    }

    @Test
    void aTaskWhoseChargeWasNotWrittenAnyMoreIsChargedAtTheNextStart() throws IOException {
        try (Sandbox first = builder().start()) {
            new TestClient(first).submitClip(CLIP);
        }
        // as if the process had been killed between the two writes
        Files.writeString(data.resolve("ledger.jsonl"), "");
        try (Sandbox second = builder().start()) {
            assertThat(second.ledger()).hasSize(1);
            assertThat(second.balance()).isEqualByComparingTo("998.8");
        }
    }

    @Test
    void neitherTheKeyNorAHalfFileLiesInTheDataFolder() throws IOException {
        try (Sandbox first = builder().apiKey("my-private-key", 10).start()) {
            TestClient client = new TestClient(first);
            client.erase(new Form().image(TestPictures.jpeg(40, 40, Color.BLUE)));
            client.submitClip(CLIP);
        }
        try (Stream<Path> files = Files.walk(data)) {
            assertThat(files.filter(Files::isRegularFile)).isNotEmpty().allSatisfy(file -> {
                assertThat(file.toString()).doesNotEndWith(".half").doesNotEndWith(".part");
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("my-private-key");
            });
        }
    }

    @Test
    void twoSandboxesDoNotShareADataFolder() {
        try (Sandbox first = builder().start()) {
            assertThat(first.baseUrl()).startsWith("http://127.0.0.1:");
            assertThatIllegalStateException()
                    .isThrownBy(() -> builder().start())
                    .withMessageContaining(data.toString());
        }
    }

    @Test
    void withoutADataFolderNothingIsLeft() throws IOException {
        Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
        Set<Path> before = sandboxFolders(temporary);
        try (Sandbox sandbox = Sandbox.start()) {
            new TestClient(sandbox).createUpload();
            assertThat(sandboxFolders(temporary)).hasSizeGreaterThan(before.size());
        }
        assertThat(before).containsAll(sandboxFolders(temporary));
    }

    private static Set<Path> sandboxFolders(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName()
                            .toString()
                            .startsWith("dewatermark-sandbox-"
                                    + ProcessHandle.current().pid() + "-"))
                    .collect(Collectors.toSet());
        }
    }
}
