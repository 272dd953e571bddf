package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is deployed, as a process, with the sandbox as its platform. */
@Timeout(600)
class ApplicationIT {

    @TempDir
    private static Path shared;

    private static Path extracted;

    @TempDir
    private Path folder;

    private Sandbox sandbox;

    @BeforeAll
    static void extract() throws Exception {
        extracted = ApplicationProcess.extract(shared.resolve("application"));
    }

    @BeforeEach
    void setUp() throws Exception {
        sandbox = Sandbox.builder()
                .credits(new BigDecimal(10))
                .taskDuration(Duration.ofSeconds(3))
                .start();
    }

    @AfterEach
    void tearDown() {
        sandbox.close();
    }

    @Test
    void cleansPicturesAndAClipAndShowsItInTheActuator() throws Exception {
        drop("images/coffee.jpg");
        drop("images/chelsea.jpg");
        drop("video/rocket-pan.mp4");

        try (ApplicationProcess application = start(ApplicationProcess.JAR, sandbox.apiKey())) {
            // of the consumer, Camel says so after its first poll
            await().atMost(Duration.ofSeconds(180))
                    .until(() -> application.actuator("health").statusCode() == 200);
            assertThat(application.actuator("health").body())
                    .contains("producer:dewatermark-erase-", "producer:dewatermark-video-", "credit.available");

            Path outbox = folder.resolve("data/outbox");
            await().atMost(Duration.ofSeconds(180)).until(() -> Stream.of("coffee.jpg", "chelsea.jpg", "rocket-pan.mp4")
                    .allMatch(name -> Files.exists(outbox.resolve(name))));
            assertThat(ImageIO.read(outbox.resolve("coffee.jpg").toFile()).getWidth())
                    .isEqualTo(ImageIO.read(resource("images/coffee.jpg")).getWidth());
            assertThat(outbox.resolve("rocket-pan.mp4")).isNotEmptyFile();
            // two pictures, and six seconds of a clip at 0.2 each
            assertThat(sandbox.balance()).isEqualByComparingTo("6.8");

            assertThat(application.actuator("prometheus").body())
                    .containsPattern("dewatermark_credits_charged_total\\{[^}]*component=\"dewatermark\"[^}]*} 3\\.2\n")
                    .containsPattern(
                            "dewatermark_calls_seconds_count\\{[^}]*call=\"erase\"[^}]*outcome=\"success\"[^}]*} 2");
            assertThat(application
                            .actuator("metrics/dewatermark.calls?tag=call:video_submit&tag=outcome:success")
                            .body())
                    .contains("{\"statistic\":\"COUNT\",\"value\":1.0}");
            assertThat(application.output()).doesNotContain(sandbox.apiKey());

            showsThemOnThePage(application);

            application.stop();
            assertThat(application.output()).contains("rocket-pan.mp4 is clean, credits: 1.2");
            assertThat(folder.resolve("tmp").toFile().list())
                    .as("temp files other than Tomcat's")
                    .allMatch(name -> name.startsWith("tomcat."));
        }
    }

    private static void showsThemOnThePage(ApplicationProcess application) throws Exception {
        await().until(() -> application.request("GET", "/").body().contains("coffee.jpg")); // it is made once a second
        HttpResponse<String> page = application.request("GET", "/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().map()).containsKeys("content-security-policy", "x-content-type-options");

        Matcher image = Pattern.compile("src=\"(thumbnail/[^\"]+)\" alt=\"coffee.jpg, after\"")
                .matcher(page.body());
        assertThat(image.find()).isTrue();
        HttpResponse<String> thumbnail = application.request("GET", "/" + image.group(1));
        assertThat(thumbnail.statusCode()).isEqualTo(200);
        assertThat(thumbnail.headers().firstValue("Content-Type")).hasValue("image/jpeg");

        assertThat(application.request("POST", "/").statusCode()).isEqualTo(405);
        assertThat(application.request("DELETE", "/" + image.group(1)).statusCode())
                .isEqualTo(405);
    }

    @Test
    void isNotHealthyWithAKeyThatIsNotAccepted() throws Exception {
        try (ApplicationProcess application = start(extracted, "wrong-key")) {
            // the first look waits for the answer of the platform for a moment only
            await().atMost(Duration.ofSeconds(120)).untilAsserted(() -> {
                HttpResponse<String> health = application.actuator("health");

                assertThat(health.statusCode()).isEqualTo(503);
                assertThat(health.body())
                        .contains("\"status\":\"DOWN\"")
                        .contains("\"reason\":\"The API key isn't accepted");
            });
        }
    }

    @Test
    void doesNotStartWithoutAKey() throws Exception {
        assertFailsAtOnce(
                start(extracted, null), "The option apiKey is missing:.*camel\\.component\\.dewatermark\\.api-key");
    }

    @Test
    void doesNotStartWithAnUnknownOption() throws Exception {
        assertFailsAtOnce(
                start(extracted, sandbox.apiKey(), "--camel.component.dewatermark.maks-region=10%"),
                "camel\\.component\\.dewatermark\\.maks-region is not an option");
    }

    @Test
    void doesNotStartWithAWrongValue() throws Exception {
        assertFailsAtOnce(
                start(extracted, sandbox.apiKey(), "--camel.component.dewatermark.max-concurrent-requests=lots"),
                "camel\\.component\\.dewatermark\\.max-concurrent-requests is wrong: .*lots");
    }

    @Test
    void doesNotStartWhenTheFolderIsAFile() throws Exception {
        Files.createFile(folder.resolve("data"));

        assertFailsAtOnce(start(extracted, sandbox.apiKey()), "watched\\.folder: .*inbox can't be made");
    }

    private static void assertFailsAtOnce(ApplicationProcess started, String line) throws Exception {
        try (ApplicationProcess application = started) {
            assertThat(application.awaitEnd()).isEqualTo(1);
            assertThat(application.output().substring(application.output().indexOf("APPLICATION FAILED TO START")))
                    .containsPattern(line)
                    .doesNotContain("\tat ");
        }
    }

    private ApplicationProcess start(Path jar, String apiKey, String... more) throws IOException {
        return ApplicationProcess.start(
                jar,
                folder,
                apiKey,
                Stream.concat(Stream.of("--camel.component.dewatermark.base-url=" + sandbox.baseUrl()), Stream.of(more))
                        .toArray(String[]::new));
    }

    /** As if it had been there for a while: a read lock waits for files that may still be written. */
    private void drop(String sample) throws IOException {
        Path file = folder.resolve("data/inbox").resolve(Path.of(sample).getFileName());
        Files.createDirectories(file.getParent());
        try (InputStream in = resource(sample)) {
            Files.copy(in, file);
        }
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    private static InputStream resource(String name) {
        return ApplicationIT.class.getResourceAsStream("/" + name);
    }
}
