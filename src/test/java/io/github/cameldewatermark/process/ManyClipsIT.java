package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many clips at once: they wait for the platform, but no thread waits for them. */
class ManyClipsIT {

    private static final int CLIPS = 200;
    private static final Duration TASK = Duration.ofSeconds(5);

    @Test
    void twoHundredClipsOfFiveSecondsEachAreCleanedTogetherByFarFewerThreads(@TempDir Path folder) throws Exception {
        fill(folder.resolve("inbox"));
        AtomicLong mostWorkers = new AtomicLong();
        try (Sandbox sandbox = TestClips.sandboxThatKeepsClips(TASK);
                DefaultCamelContext context = new DefaultCamelContext()) {
            DewatermarkComponent dewatermark = context.getComponent("dewatermark", DewatermarkComponent.class);
            dewatermark.getConfiguration().setApiKey(sandbox.apiKey());
            dewatermark.getConfiguration().setBaseUrl(sandbox.baseUrl());
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    from("file:" + folder.resolve("inbox"))
                            .to("dewatermark:video")
                            .to("file:" + folder.resolve("outbox"));
                }
            });
            context.start();

            // one after the other they would take a quarter of an hour
            await().atMost(60, SECONDS).pollInterval(Duration.ofMillis(100)).until(() -> {
                mostWorkers.accumulateAndGet(workers(context), Math::max);
                return count(folder.resolve("outbox")) == CLIPS;
            });

            // as many calls as permits, and the threads of routes that go on behind a call: more on a busy machine
            assertThat(mostWorkers.get()).isBetween(1L, CLIPS / 2L);
            assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(CLIPS);
            await().atMost(10, SECONDS).until(() -> dewatermark.tasksInFlight().isEmpty());
        }
    }

    private static void fill(Path inbox) throws IOException {
        byte[] clip = TestPictures.resource("/samples/video/rocket-pan.mp4");
        for (int i = 0; i < CLIPS; i++) {
            TestFiles.drop(inbox.resolve("clip-" + i + ".mp4"), clip);
        }
    }

    private static long workers(DefaultCamelContext context) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().contains(context.getName()))
                .filter(thread -> thread.getName().endsWith("- Dewatermark"))
                .count();
    }

    private static long count(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }
}
