package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.HoldingPlatform;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps that block, tasks that wait and calls that take long keep nobody else from going on. */
@Timeout(120)
class BlockingStepTest {

    /** More than may be under way at once. */
    private static final int MANY = Thorough.of(1500, 1100);

    /** Small, as the platform decodes and encodes each. */
    private static final byte[] PICTURE = TestPictures.jpeg(16, 16, 1);

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .credits(MANY)
            .taskDuration(Duration.ofMinutes(10))
            .pictureEngine(new WhiteningPictures())
            .clipEngine(TestClips.copying(0.1))
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeEach
    void setUp() throws IOException {
        Files.createDirectories(folder.resolve("inbox"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "seda:second?size=5&blockWhenFull=true",
                "seda:second?size=5&blockWhenFull=true&waitForTaskToComplete=Always&timeout=0"
            })
    void aQueueBetweenTwoStepsDoesNotStandStill(String queue) throws Exception {
        // makes no picture, which would take longer than all else
        try (HoldingPlatform platform = new HoldingPlatform(1, 100)) {
            context.options().setBaseUrl(platform.url());
            context.component().setMaxConcurrentRequests(4);
            for (int i = 0; i < MANY; i++) {
                TestFiles.drop(folder.resolve("inbox/" + i + ".jpg"), platform.picture(i));
            }
            context.start(routes -> {
                routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&move=../done&moveFailed=../failed")
                        .to("dewatermark:erase")
                        .to(queue);
                routes.from("seda:second?size=5").to("dewatermark:erase").to("file:" + folder.resolve("outbox"));
            });

            await().atMost(100, SECONDS).until(() -> platform.calls() >= 2 * MANY && count("outbox") == MANY);
            assertThat(platform.calls()).isEqualTo(2 * MANY);
            assertThat(count("failed")).isZero();
        }
    }

    @Test
    void aCircuitBreakerWithATimeLimitDoesNotStandStill() throws Exception {
        context.component().setMaxConcurrentRequests(2);
        drop(50);
        context.start(routes -> routes.from(
                        "file:" + folder.resolve("inbox") + "?initialDelay=0&move=../done&moveFailed=../failed")
                .to("dewatermark:erase")
                .circuitBreaker()
                .resilience4jConfiguration()
                .timeoutEnabled(true)
                .timeoutDuration(60_000)
                .end()
                .to("dewatermark:erase")
                .end()
                .to("file:" + folder.resolve("outbox")));

        await().atMost(60, SECONDS).until(() -> count("outbox") == 50);
    }

    @Test
    void clipsThatWaitForTheirTasksKeepNoPictureOut() throws Exception {
        for (int i = 0; i < MANY; i++) {
            TestFiles.drop(folder.resolve("inbox/" + i + ".mp4"), TestClips.mp4(0.1, i));
        }
        context.start(routes -> {
            routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&moveFailed=../failed")
                    .to("dewatermark:video?pollInterval=600000&maxPollInterval=600000");
            routes.from("direct:picture").to("dewatermark:erase");
        });
        await().atMost(90, SECONDS).until(() -> context.component().getInflightTasks() == MANY);

        assertThat(context.camel()
                        .createFluentProducerTemplate()
                        .to("direct:picture")
                        .withBody(TestPictures.jpeg())
                        .asyncRequest()
                        .get(10, SECONDS))
                .isNotNull();
    }

    @Test
    void aHealthCheckDoesNotWaitForPictures() throws Exception {
        context.component().setMaxConcurrentRequests(2);
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofSeconds(20)));
        drop(20);
        context.start(routes -> routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&moveFailed=../failed")
                .to("dewatermark:erase"));
        context.enableHealthChecks();
        await().during(Duration.ofSeconds(1))
                .atMost(20, SECONDS)
                .until(() -> context.component().getInflightExchanges() == 20);

        assertThat(HealthCheckHelper.invokeReadiness(context.camel(), "full").stream()
                        .filter(result -> result.getCheck().getId().startsWith("producer:dewatermark")))
                .singleElement()
                .returns(HealthCheck.State.UP, HealthCheck.Result::getState);
    }

    @Test
    void whileThePlatformTakesNothingOnlySoManyAreAccepted() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("60"));
        drop(MANY);
        context.start(routes -> routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&moveFailed=../failed")
                .to("dewatermark:erase"));

        await().atMost(30, SECONDS).until(() -> context.component().getInflightExchanges() > 1000);
        await().during(Duration.ofSeconds(1)).until(() -> context.component().getInflightExchanges() == 1001);
        assertThat(sandbox.requests().count(Call.ERASE)).isLessThan(20);
    }

    private void drop(int pictures) throws IOException {
        for (int i = 0; i < pictures; i++) {
            TestFiles.drop(folder.resolve("inbox/" + i + ".jpg"), PICTURE);
        }
    }

    private long count(String name) throws IOException {
        if (!Files.exists(folder.resolve(name))) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }
}
