package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application that is deployed, as a process, with the sandbox as its platform. */
@Timeout(600)
class ApplicationIT {

    @Test
    void cleansPicturesAndShowsItInHealthAndMetricsAndAtNoLevelTheKeyInTheLog(@TempDir Path folder) throws Exception {
        Path inbox = folder.resolve("files/inbox");
        Samples.drop(Samples.PICTURE, inbox);
        Samples.drop("converted.bmp", bitmap(), inbox);
        Samples.drop("notes.jpg", "no picture".getBytes(), inbox);

        try (Sandbox sandbox = Sandbox.start();
                ApplicationProcess application =
                        start(sandbox, sandbox.apiKey(), folder, "-Dquarkus.log.level=DEBUG")) {
            Path clean = folder.resolve("files/outbox").resolve(Samples.PICTURE);
            soon().until(() -> Files.exists(inbox.resolve(".done").resolve(Samples.PICTURE)));
            Path original = inbox.resolve(".done").resolve(Samples.PICTURE);
            assertThat(ImageIO.read(clean.toFile()).getWidth())
                    .isEqualTo(ImageIO.read(original.toFile()).getWidth());
            assertThat(Files.mismatch(original, clean)).isNotNegative();
            soon().until(() -> Files.exists(folder.resolve("files/outbox/converted.bmp.jpg")));
            soon().untilAsserted(() -> assertThat(folder.resolve("files/failed/notes.jpg.txt"))
                    .content()
                    .contains("notes.jpg is a text"));

            // of a consumer, Camel says so after its first poll
            soon().untilAsserted(() ->
                    assertThat(application.get("/q/health/ready").statusCode()).isEqualTo(200));
            assertThat(application.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(application.get("/q/health").body())
                    .contains("\"producer:dewatermark-erase-", "\"producer:dewatermark-video-", "\"credit.available\"");
            assertThat(application.get("/q/metrics").body())
                    .containsPattern("dewatermark_credits_charged_total\\{.*} 2\\.0")
                    .containsPattern("dewatermark_calls_seconds_count\\{call=\"erase\".*outcome=\"success\"} 2\\.0");

            application.stop();
            assertThat(application.output())
                    .contains(" DEBUG ", Samples.PICTURE + " is clean, credits: 1", "shutting down (timeout:5m10s)")
                    .doesNotContain(sandbox.apiKey());
        }
    }

    @Test
    void resumesAClipAfterAKillAndPaysForItOnce(@TempDir Path folder) throws Exception {
        Samples.drop(Samples.CLIP, folder.resolve("files/inbox"));

        try (Sandbox sandbox =
                Sandbox.builder().taskDuration(Duration.ofSeconds(6)).start()) {
            try (ApplicationProcess killed = start(sandbox, sandbox.apiKey(), folder)) {
                soon().until(() -> sandbox.requests().count(Call.STATUS) > 0);
            }
            assertThat(folder.resolve("files/inbox").resolve(Samples.CLIP)).exists();

            try (ApplicationProcess next = start(sandbox, sandbox.apiKey(), folder)) {
                soon().until(() -> next.output().contains(Samples.CLIP + " is clean, credits: 1.2"));
                assertThat(folder.resolve("files/outbox").resolve(Samples.CLIP)).isNotEmptyFile();
                assertThat(sandbox.ledger()).hasSize(1);
                assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
            }
        }
    }

    @Test
    void leavesFilesWhereTheyAreWithAKeyThatIsNotAcceptedAndSaysWhy(@TempDir Path folder) throws Exception {
        Path inbox = folder.resolve("files/inbox");
        Samples.drop(Samples.PICTURE, inbox);

        try (Sandbox sandbox = Sandbox.start();
                ApplicationProcess application = start(sandbox, "wrong-key", folder)) {
            soon().until(() -> application.output().contains("Route watched-folder is suspended"));

            HttpResponse<String> health = application.get("/q/health/ready");
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("HTTP 401 Unauthorized: The API key is missing or wrong");
            assertThat(application.get("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(inbox.resolve(Samples.PICTURE)).exists();
            assertThat(folder.resolve("files/failed")).doesNotExist();
            assertThat(sandbox.ledger()).isEmpty();
        }
    }

    @Test
    void doesNotStartWithoutAKey(@TempDir Path folder) throws Exception {
        try (ApplicationProcess application = ApplicationProcess.start(folder, Map.of())) {
            assertThat(application.awaitEnd()).isEqualTo(1);
            assertThat(application.output()).contains("DEWATERMARK_API_KEY");
        }
    }

    private static ApplicationProcess start(Sandbox sandbox, String apiKey, Path folder, String... options)
            throws Exception {
        return ApplicationProcess.start(
                folder,
                Map.of(
                        "DEWATERMARK_API_KEY",
                        apiKey,
                        "DEWATERMARK_BASE_URL",
                        sandbox.baseUrl(),
                        "FOLDER",
                        folder.resolve("files").toString()),
                options);
    }

    /** What is made into a JPEG before it is sent. */
    private static byte[] bitmap() throws IOException {
        BufferedImage picture = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                picture.setRGB(x, y, 0x304050);
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "bmp", out);
        return out.toByteArray();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(180));
    }
}
