package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.message;
import static io.github.cameldewatermark.sandbox.TestClient.put;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxBuilder;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Dimension;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.DoubleConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class VideoTest {

    private static final byte[] CLIP = TestClips.mp4(6, 1000);
    private static final byte[] UNKNOWN_LENGTH = "a clip without a header".getBytes();

    private final TestClock clock = new TestClock();

    @AutoClose
    private Sandbox sandbox;

    private TestClient client;

    private void start(SandboxBuilder builder) {
        sandbox = builder.clock(clock).start();
        client = new TestClient(sandbox);
    }

    private void start() {
        start(Sandbox.builder().taskDuration(Duration.ofSeconds(20)).clipEngine(TestClips.copying(6)));
    }

    @Test
    void aTicketHasTheFieldsOfTheDocument() throws IOException {
        start();
        JsonNode ticket = client.createUpload();

        assertThat(ticket.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "task_id", "upload_signed_url", "file_path", "status", "push_notification_token", "created_at");
        assertThat(ticket.get("status").asText()).isEqualTo("CREATED");
        assertThat(ticket.get("push_notification_token").isNull()).isTrue();
        assertThat(ticket.get("created_at").asLong()).isEqualTo(clock.instant().getEpochSecond());
        assertThat(ticket.get("file_path").asText())
                .endsWith(ticket.get("task_id").asText());
        assertThat(sandbox.balance()).isEqualByComparingTo("1000");
    }

    @Test
    void aTaskGoesFromCreatedThroughProcessingToCompleted() throws IOException {
        start();
        JsonNode ticket = client.createUpload();
        String taskId = ticket.get("task_id").asText();
        long begin = clock.instant().getEpochSecond();
        JsonNode created = client.status(taskId);
        assertThat(created.get("status").asText()).isEqualTo("CREATED");
        assertThat(created.has("progress")).isFalse();

        assertThat(put(ticket.get("upload_signed_url").asText(), CLIP).statusCode())
                .isEqualTo(200);
        HttpResponse<byte[]> submitted = client.submit(taskId);
        assertThat(submitted.statusCode()).isEqualTo(200);
        assertThat(json(submitted).get("status").asText()).isEqualTo("PROCESSING");

        clock.pass(Duration.ofSeconds(5));
        JsonNode running = client.status(taskId);
        assertThat(running.get("status").asText()).isEqualTo("PROCESSING");
        assertThat(running.get("progress").asDouble()).isEqualTo(0.25);
        assertThat(running.get("started_at").asLong()).isEqualTo(begin);
        assertThat(running.get("instance_name").asText()).isNotEmpty();
        assertThat(running.has("download_signed_url")).isFalse();

        clock.pass(Duration.ofSeconds(15));
        JsonNode completed = await().until(() -> client.status(taskId), status -> is(status, "COMPLETED"));
        assertThat(completed.get("progress").asDouble()).isEqualTo(1);
        assertThat(completed.get("duration").asDouble()).isEqualTo(6);
        assertThat(completed.get("has_watermark").asBoolean()).isTrue();
        assertThat(completed.get("completed_at").asLong()).isEqualTo(begin + 20);

        HttpResponse<byte[]> clip =
                send(anywhere(completed.get("download_signed_url").asText()).GET());
        assertThat(clip.statusCode()).isEqualTo(200);
        assertThat(clip.headers().firstValue("Content-Type")).hasValue("video/mp4");
        assertThat(clip.headers().firstValueAsLong("Content-Length")).hasValue(CLIP.length);
        assertThat(clip.body()).isEqualTo(CLIP);
    }

    @Test
    void withoutAFixedDurationTheLengthOfTheClipCounts() throws IOException {
        start(Sandbox.builder().taskSpeed(2).clipEngine(TestClips.copying(6)));
        String taskId = client.submitClip(CLIP);

        clock.pass(Duration.ofMillis(1500));
        assertThat(client.status(taskId).get("progress").asDouble()).isEqualTo(0.5);
        clock.pass(Duration.ofMillis(1500));
        await().until(() -> is(client.status(taskId), "COMPLETED"));
    }

    @Test
    void aTaskIsNotCompletedBeforeTheEngineIsDone() throws IOException {
        CountDownLatch engine = new CountDownLatch(1);
        start(Sandbox.builder().taskDuration(Duration.ofSeconds(20)).clipEngine(waitingFor(engine)));
        String taskId = client.submitClip(CLIP);

        clock.pass(Duration.ofSeconds(60));
        JsonNode late = client.status(taskId);
        assertThat(late.get("status").asText()).isEqualTo("PROCESSING");
        assertThat(late.get("progress").asDouble()).isLessThan(1);

        engine.countDown();
        await().until(() -> is(client.status(taskId), "COMPLETED"));
    }

    @Test
    void aSecondCostsAFifthOfACreditOnSubmit() throws IOException {
        start();
        String taskId = client.submitClip(TestClips.mp4(51.3, 10));

        assertThat(sandbox.ledger()).singleElement().satisfies(entry -> {
            assertThat(entry.call()).isEqualTo(Call.SUBMIT);
            assertThat(entry.kind()).isEqualTo(Kind.CHARGE);
            assertThat(entry.amount()).isEqualByComparingTo("10.26");
            assertThat(entry.reference()).isEqualTo(taskId);
        });
        assertThat(json(client.get(TestClient.CREDIT))
                        .at("/data/available_credit")
                        .decimalValue())
                .isEqualByComparingTo("989.74");
    }

    @Test
    void aClipThatDoesNotSayHowLongItIsIsChargedWhenItHasBeenMeasured() throws IOException {
        CountDownLatch engine = new CountDownLatch(1);
        start(Sandbox.builder().clipEngine(waitingFor(engine)));
        client.submitClip(UNKNOWN_LENGTH);
        assertThat(sandbox.ledger()).isEmpty();

        engine.countDown();
        await().untilAsserted(() -> assertThat(sandbox.balance()).isEqualByComparingTo("998.8"));
    }

    @Test
    void submittingTwiceReturnsTheTaskAndChargesOnce() throws IOException {
        start();
        String taskId = client.submitClip(CLIP);
        clock.pass(Duration.ofSeconds(5));

        HttpResponse<byte[]> again = client.submit(taskId);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("task_id").asText()).isEqualTo(taskId);
        assertThat(json(again).get("progress").asDouble()).isEqualTo(0.25);
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void submittingBeforeTheUploadIsABadRequestAndTheTaskStaysCreated() throws IOException {
        start();
        String taskId = client.createUpload().get("task_id").asText();

        HttpResponse<byte[]> refused = client.submit(taskId);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused)).contains("uploaded");
        assertThat(sandbox.task(taskId).status()).isEqualTo(TaskStatus.CREATED);
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aBrushThatIsNoPngOfTheSizeOfTheClipIsABadRequestAndTheTaskStaysCreated() throws IOException {
        start(Sandbox.builder().clipEngine(copyingOfSize(854, 480)));
        JsonNode ticket = client.createUpload();
        String taskId = ticket.get("task_id").asText();
        put(ticket.get("upload_signed_url").asText(), CLIP);

        HttpResponse<byte[]> wrongSize = submit(taskId, TestPictures.brush(427, 240));
        HttpResponse<byte[]> noPng = submit(taskId, TestPictures.jpeg(854, 480));
        HttpResponse<byte[]> broken = submit(taskId, TestPictures.cutShort(TestPictures.brush(854, 480)));

        assertThat(wrongSize.statusCode()).isEqualTo(400);
        assertThat(message(wrongSize)).isEqualTo("mask_brush has 427 x 240 px, but the video has 854 x 480 px");
        assertThat(noPng.statusCode()).isEqualTo(400);
        assertThat(message(noPng)).isEqualTo("mask_brush is not a PNG image");
        assertThat(broken.statusCode()).isEqualTo(400);
        assertThat(message(broken)).isEqualTo("mask_brush can't be decoded");
        assertThat(sandbox.task(taskId).status()).isEqualTo(TaskStatus.CREATED);
        assertThat(sandbox.ledger()).isEmpty();
        assertThat(submit(taskId, TestPictures.brush(854, 480)).statusCode()).isEqualTo(200);
    }

    private static ClipEngine copyingOfSize(int width, int height) {
        return new ClipEngine() {
            @Override
            public CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException {
                return TestClips.copying(6).clean(input, output, progress);
            }

            @Override
            public Dimension size(Path input) {
                return new Dimension(width, height);
            }
        };
    }

    private HttpResponse<byte[]> submit(String taskId, byte[] brush) throws IOException {
        return client.post(TestClient.TASKS, new Form().text("task_id", taskId).brush(brush));
    }

    @Test
    void anUrlencodedFormUnderAMultipartTypeIsTakenAsTheSampleSendsIt() throws IOException {
        start();
        JsonNode ticket = client.createUpload();
        put(ticket.get("upload_signed_url").asText(), CLIP);

        HttpResponse<byte[]> response = send(client.to(TestClient.TASKS)
                .header("Content-Type", "multipart/form-data")
                .POST(BodyPublishers.ofString("task_id=" + ticket.get("task_id").asText())));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json(response).get("status").asText()).isEqualTo("PROCESSING");
    }

    @Test
    void submittingWithoutATaskIdIsABadRequestAndAnUnknownOneIsNotFound() throws IOException {
        start();
        assertThat(client.post(TestClient.TASKS, new Form().text("other", "x")).statusCode())
                .isEqualTo(400);
        assertThat(client.submit("AAAAAAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        assertThat(client.get(TestClient.TASKS + "/AAAAAAAAAAAAAAAAAAAA").statusCode())
                .isEqualTo(404);
    }

    @Test
    void submittingNeedsTheCreditsThatTheClipCosts() throws IOException {
        start(Sandbox.builder().credits(new BigDecimal("1.1")).clipEngine(TestClips.copying(6)));
        JsonNode ticket = client.createUpload();
        put(ticket.get("upload_signed_url").asText(), CLIP);

        HttpResponse<byte[]> refused = client.submit(ticket.get("task_id").asText());

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(message(refused)).contains("credits");
        assertThat(sandbox.task(ticket.get("task_id").asText()).status()).isEqualTo(TaskStatus.CREATED);
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aClipThatTurnsOutTooLongForTheCreditsFailsAndIsNotCharged() throws IOException {
        start(Sandbox.builder().credits(1).clipEngine(TestClips.copying(6)));
        String taskId = client.submitClip(UNKNOWN_LENGTH);

        await().until(() -> is(client.status(taskId), "FAILED"));
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void whatIsNotAClipFailsAndIsRefunded() throws IOException {
        start(Sandbox.builder().clipEngine((input, output, progress) -> {
            throw new IOException("not a clip");
        }));
        String taskId = client.submitClip(CLIP);

        JsonNode failed = await().until(() -> client.status(taskId), status -> is(status, "FAILED"));

        assertThat(failed.has("download_signed_url")).isFalse();
        assertThat(failed.has("completed_at")).isTrue();
        assertThat(sandbox.ledger()).extracting("kind").containsExactly(Kind.CHARGE, Kind.REFUND);
        assertThat(sandbox.balance()).isEqualByComparingTo("1000");
    }

    @Test
    void somebodyElsesTaskDoesNotExist() throws IOException {
        start(Sandbox.builder().apiKey("a", 10).apiKey("b", 10));
        String taskId = client.createUpload().get("task_id").asText();

        TestClient other = new TestClient(sandbox.baseUrl(), "b");

        assertThat(other.get(TestClient.TASKS + "/" + taskId).statusCode()).isEqualTo(404);
        assertThat(other.submit(taskId).statusCode()).isEqualTo(404);
    }

    @Test
    void twoHundredTasksAtOnceNeedNoThreadEach() throws IOException {
        start();
        int before = Thread.activeCount();
        List<String> tasks = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            tasks.add(client.submitClip(CLIP));
        }
        clock.pass(Duration.ofSeconds(10));
        assertThat(sandbox.tasks()).allMatch(task -> task.status() == TaskStatus.PROCESSING);
        assertThat(Thread.activeCount() - before).isLessThan(80);

        clock.pass(Duration.ofSeconds(10));
        await().until(() -> sandbox.tasks().stream().allMatch(task -> task.status() == TaskStatus.COMPLETED));
        assertThat(sandbox.balance()).isEqualByComparingTo("760");
        assertThat(sandbox.tasks()).extracting("taskId").containsExactlyInAnyOrderElementsOf(tasks);
    }

    private static ClipEngine waitingFor(CountDownLatch latch) {
        return (input, output, progress) -> {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return TestClips.copying(6).clean(input, output, progress);
        };
    }

    private static boolean is(JsonNode task, String status) {
        return task.get("status").asText().equals(status);
    }
}
