package io.github.cameldewatermark.sandbox.http;

import static io.github.cameldewatermark.sandbox.TestClient.edited;
import static io.github.cameldewatermark.sandbox.TestClient.json;
import static io.github.cameldewatermark.sandbox.TestClient.message;
import static io.github.cameldewatermark.sandbox.TestPictures.brush;
import static io.github.cameldewatermark.sandbox.TestPictures.decoded;
import static io.github.cameldewatermark.sandbox.TestPictures.isWhite;
import static io.github.cameldewatermark.sandbox.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClient;
import io.github.cameldewatermark.sandbox.TestClient.Form;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import java.awt.Color;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EraseSessionsTest {

    private static final byte[] PICTURE = jpeg(80, 60, Color.BLUE);
    private static final Rectangle RIGHT = new Rectangle(60, 40, 20, 20);
    private static final Rectangle MIDDLE = new Rectangle(44, 34, 8, 8);

    private final TestClock clock = new TestClock();

    @TempDir
    Path data;

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

    @AfterEach
    void stop() {
        sandbox.close();
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
            BufferedImage pixels = decoded(Base64.getDecoder().decode(picture.asText()));
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

        assertThat(isWhite(decoded(edited(next, "mask")), 5, 5)).isTrue();
        assertThat(isWhite(decoded(edited(next, "mask")), 70, 50)).isTrue();
    }

    @Test
    void aBaseMaskMayBeATextInBase64() throws IOException {
        String mask = Base64.getEncoder().encodeToString(brush(80, 60, RIGHT));
        JsonNode answer = json(
                client.erase(new Form().image(PICTURE).text("mask_base", mask).brush(brush(80, 60, MIDDLE))));

        assertThat(isWhite(decoded(edited(answer, "mask")), 70, 50)).isTrue();
        assertThat(isWhite(decoded(edited(answer, "mask")), 48, 38)).isTrue();
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
            assertThat(client.erase(new Form().text("session_id", session).brush(brush(80, 60, RIGHT)))
                            .statusCode())
                    .isEqualTo(200);
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
}
