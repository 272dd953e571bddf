package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.edited;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.message;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.image;
import static io.github.cameldewatermark.testkit.TestPictures.isWhite;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static io.github.cameldewatermark.testkit.TestPictures.png;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The erase call: pictures and masks, what is refused, and sessions. */
class ErasingTest {

    private static final byte[] PICTURE = jpeg(80, 60, Color.BLUE);
    private static final Rectangle RIGHT = new Rectangle(60, 40, 20, 20);
    private static final Rectangle MIDDLE = new Rectangle(44, 34, 8, 8);

    private final TestClock clock = new TestClock();

    @TempDir
    Path data;

    @AutoClose
    private Sandbox sandbox;

    private TestClient client;

    @BeforeEach
    void start() {
        sandbox = Sandbox.builder()
                .credits(5)
                .pictureEngine(new WhiteningPictures())
                .sessionTimeToLive(Duration.ofMinutes(10))
                .clock(clock)
                .dataDir(data)
                .start();
        client = new TestClient(sandbox);
    }

    @Test
    void aPictureComesBackCleanedWithItsMaskAndItsIds() throws IOException {
        HttpResponse<byte[]> response = client.erase(new Form().image(PICTURE));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode answer = json(response);
        assertThat(answer.get("event_id").asText()).isNotEmpty();
        assertThat(answer.get("session_id").asText()).isNotEmpty();
        assertThat(answer.at("/edited_image/image_id").asText()).isNotEmpty();
        BufferedImage cleaned = image(edited(answer, "image"));
        assertThat(new int[] {cleaned.getWidth(), cleaned.getHeight()}).containsExactly(80, 60);
        assertThat(isWhite(cleaned, 5, 5)).isTrue();
        assertThat(isWhite(cleaned, 70, 50)).isFalse();
        assertThat(isWhite(image(edited(answer, "mask")), 5, 5)).isTrue();
        assertThat(isWhite(image(edited(answer, "watermark_mask")), 70, 50)).isFalse();
    }

    @Test
    void eachProcessedCallIsChargedOneCreditAndSaysSoInTheLedger() throws IOException {
        JsonNode answer = json(client.erase(new Form().image(PICTURE)));

        assertThat(sandbox.ledger()).singleElement().satisfies(entry -> {
            assertThat(entry.kind()).isEqualTo(LedgerEntry.Kind.CHARGE);
            assertThat(entry.call()).isEqualTo(Call.ERASE);
            assertThat(entry.amount()).isEqualByComparingTo(BigDecimal.ONE);
            assertThat(entry.reference()).isEqualTo(answer.get("session_id").asText());
            assertThat(entry.eventId()).isEqualTo(answer.get("event_id").asText());
            assertThat(entry.time()).isEqualTo(clock.instant());
        });
        assertThat(sandbox.balance()).isEqualByComparingTo("4");
    }

    @Test
    void anEmptyBalanceIsForbiddenToGoOn() throws IOException {
        for (int i = 0; i < 5; i++) {
            accepted(new Form().image(PICTURE));
        }
        HttpResponse<byte[]> refused = client.erase(new Form().image(PICTURE));

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(message(refused)).contains("credits");
        assertThat(sandbox.balance()).isEqualByComparingTo("0");
        assertThat(sandbox.ledger()).hasSize(5);
    }

    @Test
    void whatIsNotAJpegIsABadRequestAndFree() throws IOException {
        refused(400, "not a JPEG", new Form().image(png(20, 20, Color.RED)));
        refused(400, "not a JPEG", new Form().image("hello".getBytes()));
        refused(400, "not a JPEG", new Form().image(new byte[0]));
        refused(400, "can't be decoded", new Form().image(new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1, 2}));
    }

    @Test
    void aSideOfMoreThan6000PixelsIsABadRequest() throws IOException {
        refused(400, "6001", new Form().image(jpeg(6001, 8, Color.RED)));
        accepted(new Form().image(jpeg(8, 6000, Color.RED)));
    }

    @Test
    void aFirstRefinementMayHave1920Pixels() throws IOException {
        byte[] mask = brush(80, 60, RIGHT);
        refused(
                400,
                "1921",
                new Form().image(jpeg(1921, 8, Color.RED)).base(mask).brush(mask));
        accepted(new Form().image(jpeg(1920, 8, Color.RED)).base(mask).brush(mask));
    }

    @Test
    void aBrushOnTheFirstPictureIsNoRefinementSoItMayBeLarge() throws IOException {
        accepted(new Form().image(jpeg(1921, 8, Color.RED)).brush(brush(80, 60, RIGHT)));
    }

    @Test
    void neitherPictureNorSessionIsABadRequest() throws IOException {
        refused(400, "required", new Form().brush(brush(80, 60, RIGHT)));
        refused(400, "required", new Form().text("session_id", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.0", "old", "2.0"})
    void theKnownPredictModesAreTaken(String mode) throws IOException {
        accepted(new Form().image(PICTURE).text("predict_mode", mode));
    }

    @Test
    void anotherPredictModeIsABadRequest() throws IOException {
        refused(400, "predict_mode", new Form().image(PICTURE).text("predict_mode", "4.0"));
    }

    @Test
    void removeTextIsTrueOrFalse() throws IOException {
        refused(400, "remove_text", new Form().image(PICTURE).text("remove_text", "yes"));
        accepted(new Form().image(PICTURE).text("remove_text", "true"));
        accepted(new Form().image(PICTURE).text("remove_text", "false"));
    }

    @Test
    void aBrokenMaskIsABadRequest() throws IOException {
        refused(400, "mask_brush", new Form().image(PICTURE).brush("no mask".getBytes()));
        refused(400, "mask_base", new Form().image(PICTURE).base("no mask".getBytes()));
        refused(400, "mask_brush", new Form().image(PICTURE).brush(new byte[0]));
    }

    @Test
    void aRequestThatIsNotMultipartIsABadRequest() throws IOException {
        HttpResponse<byte[]> response = TestClient.send(client.to(TestClient.ERASE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(message(response)).contains("multipart/form-data");
    }

    @Test
    void aMultipartRequestThatEndsTooEarlyIsABadRequest() throws IOException {
        Form form = new Form().image(PICTURE);
        byte[] half = Arrays.copyOf(form.body(), form.body().length / 2);

        HttpResponse<byte[]> response = TestClient.send(client.to(TestClient.ERASE)
                .header("Content-Type", form.contentType())
                .POST(BodyPublishers.ofByteArray(half)));

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void nothingOfARequestIsLeftOnDisk() throws IOException {
        client.erase(new Form().image(jpeg(2000, 1500, Color.RED)).base(brush(80, 60, RIGHT)));
        client.erase(new Form().image(jpeg(900, 900, Color.RED)).brush(brush(80, 60, RIGHT)));

        try (Stream<Path> files = Files.list(data.resolve("spool"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void callsAtOnceSpendNoMoreThanThereIs() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Callable<Integer>> calls = Collections.nCopies(
                16, () -> client.erase(new Form().image(PICTURE)).statusCode());
        List<Integer> answers = new ArrayList<>();
        for (Future<Integer> answer : threads.invokeAll(calls)) {
            answers.add(answer.get());
        }
        threads.shutdown();

        assertThat(Collections.frequency(answers, 200)).isEqualTo(5);
        assertThat(Collections.frequency(answers, 403)).isEqualTo(11);
        assertThat(sandbox.balance()).isEqualByComparingTo("0");
        assertThat(sandbox.ledger()).hasSize(5);
    }

    @Test
    void theThreeStepsOfTheProtocolGatherWhatWasErased() throws IOException {
        JsonNode first = json(client.erase(new Form().image(PICTURE)));
        JsonNode second = json(client.erase(new Form()
                .image(edited(first, "image"))
                .base(edited(first, "mask"))
                .brush(brush(80, 60, RIGHT))));
        JsonNode third = json(client.erase(new Form()
                .text("session_id", second.get("session_id").asText())
                .base(edited(second, "mask"))
                .brush(brush(80, 60, MIDDLE))));

        for (JsonNode picture : List.of(third.at("/edited_image/image"), third.at("/edited_image/mask"))) {
            BufferedImage pixels = image(Base64.getDecoder().decode(picture.asText()));
            assertThat(isWhite(pixels, 5, 5)).as("from the first step").isTrue();
            assertThat(isWhite(pixels, 70, 50)).as("from the second step").isTrue();
            assertThat(isWhite(pixels, 48, 38)).as("from the third step").isTrue();
            assertThat(isWhite(pixels, 70, 10)).as("never erased").isFalse();
        }
        assertThat(third.get("session_id")).isEqualTo(second.get("session_id"));
        assertThat(second.get("session_id")).isNotEqualTo(first.get("session_id"));
        assertThat(sandbox.balance()).isEqualByComparingTo("2");
    }

    @Test
    void aSessionRemembersItsMaskIfNoneIsSent() throws IOException {
        JsonNode first = json(client.erase(new Form().image(PICTURE)));
        JsonNode next = json(client.erase(
                new Form().text("session_id", first.get("session_id").asText()).brush(brush(80, 60, RIGHT))));

        assertThat(isWhite(image(edited(next, "mask")), 5, 5)).isTrue();
        assertThat(isWhite(image(edited(next, "mask")), 70, 50)).isTrue();
    }

    @Test
    void aBaseMaskMayBeATextInBase64() throws IOException {
        String mask = Base64.getEncoder().encodeToString(brush(80, 60, RIGHT));
        JsonNode answer = json(
                client.erase(new Form().image(PICTURE).text("mask_base", mask).brush(brush(80, 60, MIDDLE))));

        assertThat(isWhite(image(edited(answer, "mask")), 70, 50)).isTrue();
        assertThat(isWhite(image(edited(answer, "mask")), 48, 38)).isTrue();
    }

    @Test
    void anUnknownSessionIsNotFound() throws IOException {
        assertThat(client.erase(new Form().text("session_id", "AAAAAAAAAAAAAAAAAAAA"))
                        .statusCode())
                .isEqualTo(404);
        assertThat(client.erase(new Form().text("session_id", "../../ledger")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void anExpiredSessionIsGoneAndItsPicturesAreDeleted() throws IOException {
        JsonNode first = json(client.erase(new Form().image(PICTURE)));
        clock.pass(Duration.ofMinutes(10));

        HttpResponse<byte[]> gone = client.erase(
                new Form().text("session_id", first.get("session_id").asText()));

        assertThat(gone.statusCode()).isEqualTo(410);
        assertThat(message(gone)).contains("expired");
        try (Stream<Path> files = Files.list(data.resolve("sessions"))) {
            assertThat(files).allMatch(file -> file.toString().endsWith(".json"));
        }
    }

    @Test
    void aRefinementKeepsTheSessionAlive() throws IOException {
        String session =
                json(client.erase(new Form().image(PICTURE))).get("session_id").asText();
        for (int i = 0; i < 3; i++) {
            clock.pass(Duration.ofMinutes(9));
            accepted(new Form().text("session_id", session).brush(brush(80, 60, RIGHT)));
        }
    }

    @Test
    void anotherKeyDoesNotSeeTheSession() throws IOException {
        try (Sandbox two = Sandbox.builder()
                .apiKey("a", 10)
                .apiKey("b", 10)
                .pictureEngine(new WhiteningPictures())
                .start()) {
            JsonNode mine = json(new TestClient(two.baseUrl(), "a").erase(new Form().image(PICTURE)));

            HttpResponse<byte[]> theirs = new TestClient(two.baseUrl(), "b")
                    .erase(new Form().text("session_id", mine.get("session_id").asText()));

            assertThat(theirs.statusCode()).isEqualTo(404);
            assertThat(two.balance("a")).isEqualByComparingTo("9");
            assertThat(two.balance("b")).isEqualByComparingTo("10");
        }
    }

    private void accepted(Form form) throws IOException {
        assertThat(client.erase(form).statusCode()).isEqualTo(200);
    }

    private void refused(int status, String message, Form form) throws IOException {
        HttpResponse<byte[]> response = client.erase(form);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(message(response)).contains(message);
        assertThat(sandbox.ledger()).isEmpty();
    }
}
