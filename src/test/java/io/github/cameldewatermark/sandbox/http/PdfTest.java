package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.anywhere;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.message;
import static io.github.cameldewatermark.sandbox.TestClient.put;
import static io.github.cameldewatermark.sandbox.TestClient.putPdf;
import static io.github.cameldewatermark.sandbox.TestClient.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxBuilder;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.sandbox.platform.TaskKind;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PdfTest {

    private final TestClock clock = new TestClock();

    @AutoClose
    private Sandbox sandbox;

    private TestClient client;

    private void start(SandboxBuilder builder) {
        sandbox = builder.clock(clock).start();
        client = new TestClient(sandbox);
    }

    private void start() {
        start(Sandbox.builder().taskDuration(Duration.ofSeconds(20)));
    }

    @Test
    void aTaskIsCreatedUntilItIsASuccessAndItsResultHasNoOverlay() throws IOException {
        start();
        JsonNode ticket = client.createPdfUpload();
        String taskId = ticket.get("task_id").asText();
        assertThat(ticket.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("task_id", "upload_signed_url", "file_path", "status", "created_at");
        assertThat(ticket.get("status").asText()).isEqualTo("CREATED");
        assertThat(ticket.get("file_path").asText()).endsWith(taskId);
        assertThat(ticket.get("created_at").asLong()).isEqualTo(clock.instant().getEpochSecond());

        HttpResponse<byte[]> uploaded = putPdf(ticket.get("upload_signed_url").asText(), TestPdfs.pages(12));
        assertThat(uploaded.statusCode()).isEqualTo(200);
        assertThat(uploaded.body()).isEmpty();
        HttpResponse<byte[]> submitted = client.submitPdf(taskId);
        assertThat(submitted.statusCode()).isEqualTo(200);
        assertThat(json(submitted)).isEqualTo(json("{\"task_id\":\"" + taskId + "\"}"));

        clock.pass(Duration.ofSeconds(19));
        assertThat(client.pdfStatus(taskId)).isEqualTo(json("{\"task_id\":\"" + taskId + "\",\"status\":\"CREATED\"}"));

        clock.pass(Duration.ofSeconds(1));
        JsonNode done = success(taskId);
        assertThat(done.fieldNames()).toIterable().containsExactlyInAnyOrder("task_id", "status", "result_url");
        HttpResponse<byte[]> result = download(done);
        assertThat(result.statusCode()).isEqualTo(200);
        assertThat(result.headers().firstValue("Content-Type")).hasValue("application/pdf");
        assertThat(text(result.body())).contains(TestPdfs.text(12)).doesNotContain(TestPdfs.OVERLAY);
        assertThat(sandbox.task(taskId).kind()).isEqualTo(TaskKind.PDF);
        assertThat(sandbox.task(taskId).hasWatermark()).isTrue();
        assertThat(sandbox.requests().leaks()).isEmpty();
    }

    @Test
    void aPdfWithoutAnOverlayComesBackAsItIsAlsoInParts() throws IOException {
        start(Sandbox.builder().taskDuration(Duration.ZERO));
        byte[] pdf = TestPdfs.withoutOverlay(2);
        String taskId = client.submitPdf(pdf);
        JsonNode done = success(taskId);

        assertThat(download(done).body()).isEqualTo(pdf);
        assertThat(sandbox.task(taskId).hasWatermark()).isFalse();
        HttpResponse<byte[]> rest = send(anywhere(done.get("result_url").asText())
                .header("Range", "bytes=100-")
                .GET());
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(pdf, 100, pdf.length));
        clock.pass(Duration.ofDays(2));
        assertThat(download(done).statusCode()).isEqualTo(400);
        assertThat(download(client.pdfStatus(taskId)).statusCode())
                .as("a new URL isn't valid for longer")
                .isEqualTo(400);
    }

    @Test
    void withoutAFixedDurationThePagesCountLikeSeconds() throws IOException {
        start(Sandbox.builder().taskSpeed(2));
        String taskId = client.submitPdf(TestPdfs.pages(12));

        clock.pass(Duration.ofMillis(5999));
        assertThat(client.pdfStatus(taskId).get("status").asText()).isEqualTo("CREATED");
        clock.pass(Duration.ofMillis(1));
        success(taskId);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "10, 1", "11, 2", "12, 2", "300, 30"})
    void eachBegunTenPagesCostACreditOnSubmit(int pages, int credits) throws IOException {
        start();
        String taskId = client.uploadPdf(TestPdfs.pages(pages));
        assertThat(sandbox.ledger()).isEmpty();

        assertThat(client.submitPdf(taskId).statusCode()).isEqualTo(200);

        assertThat(sandbox.ledger()).singleElement().satisfies(entry -> {
            assertThat(entry.call()).isEqualTo(Call.SUBMIT);
            assertThat(entry.kind()).isEqualTo(Kind.CHARGE);
            assertThat(entry.amount()).isEqualByComparingTo(BigDecimal.valueOf(credits));
            assertThat(entry.reference()).isEqualTo(taskId);
        });
        assertThat(sandbox.balance()).isEqualByComparingTo(BigDecimal.valueOf(1000 - credits));
    }

    @Test
    void thePriceIsAnOption() throws IOException {
        BigDecimal one = BigDecimal.ONE;
        start(Sandbox.builder().prices(new Prices(one, one, one, new BigDecimal("1.5"))));
        client.submitPdf(TestPdfs.pages(11));

        assertThat(sandbox.balance()).isEqualByComparingTo("997");
    }

    @Test
    void submittingTwiceReturnsTheTaskAndChargesOnce() throws IOException {
        start();
        String taskId = client.submitPdf(TestPdfs.pages(12));

        HttpResponse<byte[]> again = client.submitPdf(taskId);

        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again).get("task_id").asText()).isEqualTo(taskId);
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void aFailedTaskGivesItsCreditsBack() throws IOException {
        start();
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        String taskId = client.submitPdf(TestPdfs.pages(12));
        assertThat(sandbox.balance()).isEqualByComparingTo("998");

        clock.pass(Duration.ofSeconds(20));

        assertThat(client.pdfStatus(taskId)).isEqualTo(json("{\"task_id\":\"" + taskId + "\",\"status\":\"FAILED\"}"));
        assertThat(sandbox.ledger()).extracting("kind").containsExactly(Kind.CHARGE, Kind.REFUND);
        assertThat(sandbox.balance()).isEqualByComparingTo("1000");
    }

    @Test
    void whatThePlatformDoesNotTakeIsABadRequestAndTheTaskStaysCreated() throws IOException {
        start();
        refused("has 301 pages", TestPdfs.pages(301));
        refused("can't be opened", TestPdfs.encrypted());
        refused("can't be opened", "no PDF".getBytes(StandardCharsets.UTF_8));
        refused("can't be opened", Arrays.copyOf(TestPdfs.pages(12), 100));
        refused("can't be opened", new byte[0]);
    }

    private void refused(String message, byte[] pdf) throws IOException {
        String taskId = client.uploadPdf(pdf);

        HttpResponse<byte[]> refused = client.submitPdf(taskId);

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(message(refused)).contains(message);
        assertThat(sandbox.task(taskId).status()).isEqualTo(TaskStatus.CREATED);
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void submittingNeedsAFormWithATaskThatHasAnUpload() throws IOException {
        start();
        String taskId = client.createPdfUpload().get("task_id").asText();

        HttpResponse<byte[]> empty = client.submitPdf(taskId);
        assertThat(empty.statusCode()).isEqualTo(400);
        assertThat(message(empty)).contains("No PDF was uploaded");
        assertThat(client.post(TestClient.PDF_TASKS, new Form().text("other", "x"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(client.to(TestClient.PDF_TASKS)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString("task_id=" + taskId)))
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void unknownTasksAndThoseOfOthersAndOfClipsDoNotExist() throws IOException {
        start(Sandbox.builder().apiKey("a", 10).apiKey("b", 10).clipEngine(TestClips.copying(6)));
        String pdf = client.uploadPdf(TestPdfs.pages(2));
        String clip = client.createUpload().get("task_id").asText();
        TestClient other = new TestClient(sandbox.baseUrl(), "b");

        assertThat(other.get(TestClient.PDF_TASKS + "/" + pdf).statusCode()).isEqualTo(404);
        assertThat(other.submitPdf(pdf).statusCode()).isEqualTo(404);
        assertThat(client.submitPdf("AAAAAAAAAAAAAAAAAAAA").statusCode()).isEqualTo(404);
        assertThat(client.submitPdf(clip).statusCode()).isEqualTo(404);
        assertThat(client.get(TestClient.PDF_TASKS + "/" + clip).statusCode()).isEqualTo(404);
        assertThat(client.get(TestClient.TASKS + "/" + pdf).statusCode()).isEqualTo(404);
        assertThat(sandbox.tasks()).extracting("taskId").containsExactlyInAnyOrder(pdf, clip);
    }

    @Test
    void anUploadNeedsTheSignedContentType() throws IOException {
        start();
        String url = client.createPdfUpload().get("upload_signed_url").asText();
        byte[] pdf = TestPdfs.pages(1);

        assertThat(put(url, pdf).statusCode()).as("as a clip").isEqualTo(403);
        assertThat(send(anywhere(url)
                                .header("Content-Type", "application/pdf; charset=UTF-8")
                                .PUT(BodyPublishers.ofByteArray(pdf)))
                        .statusCode())
                .isEqualTo(403);
        assertThat(putPdf(client.createUpload().get("upload_signed_url").asText(), pdf)
                        .statusCode())
                .as("to a task for a clip")
                .isEqualTo(403);
        assertThat(putPdf(url, pdf).statusCode()).isEqualTo(200);
        clock.pass(Duration.ofMinutes(15));
        assertThat(putPdf(url, pdf).statusCode()).as("expired").isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({"0, 403", "1, 429", "1.9, 429"})
    void noCreditAndTooLittleOfItAreToldApart(BigDecimal credits, int status) throws IOException {
        start(Sandbox.builder().taskDuration(Duration.ZERO).credits(credits));
        String taskId = client.uploadPdf(TestPdfs.pages(12));

        HttpResponse<byte[]> refused = client.submitPdf(taskId);

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(message(refused)).isEqualTo("Not enough credits: 2 needed");
        assertThat(refused.headers().firstValue("Retry-After")).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
        sandbox.grant(2);
        assertThat(client.submitPdf(taskId).statusCode()).isEqualTo(200);
        success(taskId);
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 403, 429})
    void theStatusThatWasAskedForIsForBoth(int status) throws IOException {
        start(Sandbox.builder().noCreditStatus(status).apiKey("none", 0).apiKey("some", 1));
        for (String key : new String[] {"none", "some"}) {
            TestClient poor = new TestClient(sandbox.baseUrl(), key);
            assertThat(poor.submitPdf(poor.uploadPdf(TestPdfs.pages(12))).statusCode())
                    .isEqualTo(status);
        }
    }

    private JsonNode success(String taskId) {
        return await().until(
                        () -> client.pdfStatus(taskId),
                        status -> status.get("status").asText().equals("SUCCESS"));
    }

    private static HttpResponse<byte[]> download(JsonNode done) throws IOException {
        return send(anywhere(done.get("result_url").asText()).GET());
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
