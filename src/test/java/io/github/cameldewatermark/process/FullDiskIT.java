package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.SmallDisk;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is paid that can't be kept, and what is paid is delivered when there is room. */
@Timeout(120)
class FullDiskIT {

    private static final int FILES = 12;
    private static final long SOME = 4_000_000;

    @TempDir
    private Path folder;

    private final LogLines log = LogLines.infos();

    private Sandbox sandbox;
    private TestContext context;

    @BeforeEach
    void setUp() {
        sandbox = Sandbox.builder().pictureEngine(new WhiteningPictures()).start();
        context = TestContext.at(sandbox);
        context.component().setMaxConcurrentRequests(2);
    }

    @AfterEach
    void tearDown() {
        context.close();
        sandbox.close();
        log.close();
    }

    @Test
    void oneDiskUnderAllFoldersIsFull() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(folder.resolve("disk"), 100)) {
            drop(disk.path().resolve("inbox"));
            disk.leave(20_000_000);
            start(disk.path(), disk.path(), disk.path());
            await().atMost(30, SECONDS).until(() -> suspended() == 1 && noneIsUnderWay());

            List<String> delivered = files(disk.path().resolve("outbox"));
            assertThat(delivered).hasSizeLessThan(FILES);
            assertThat(sandbox.ledger()).hasSameSizeAs(delivered);
            assertThat(files(disk.path().resolve("inbox"))).hasSize(FILES - delivered.size());
            assertThat(files(disk.path().resolve("failed"))).isEmpty();
            assertThat(log.messages())
                    .anyMatch(line -> line.contains("Route pictures is suspended")
                            && line.contains(disk.path().toString()));

            disk.empty();
            assertAllAreDelivered(disk.path().resolve("inbox"), disk.path().resolve("outbox"));
            assertThat(files(disk.path().resolve("failed"))).isEmpty();
            assertThat(suspended()).isEqualTo(1);
            context.close();
        }
    }

    /** Camel then neither delivers nor moves away: each poll finds the files again. */
    @Test
    void theDisksUnderOutboxAndFailedAreFull() throws Exception {
        try (SmallDisk outbox = SmallDisk.mount(folder.resolve("out"), 100);
                SmallDisk failed = SmallDisk.mount(folder.resolve("bad"), 10)) {
            drop(folder.resolve("inbox"));
            outbox.leave(SOME);
            failed.leave(0);
            start(folder, outbox.path(), failed.path());
            await().atMost(60, SECONDS).until(() -> sandbox.ledger().size() == FILES);
            await().during(Duration.ofSeconds(2)).until(() -> sandbox.ledger().size() == FILES);

            outbox.empty();
            assertAllAreDelivered(folder.resolve("inbox"), outbox.path().resolve("outbox"));
            context.close();
        }
    }

    private void assertAllAreDelivered(Path inbox, Path outbox) throws Exception {
        await().atMost(60, SECONDS).until(() -> files(inbox).isEmpty() && noneIsUnderWay());
        assertThat(files(outbox)).hasSize(FILES);
        assertThat(sandbox.ledger()).hasSize(FILES);
        for (String name : files(outbox)) {
            assertThat(ImageIO.read(outbox.resolve(name).toFile())).isNotNull();
            assertThat(Files.size(outbox.resolve(name))).isGreaterThan(500_000);
        }
    }

    private boolean noneIsUnderWay() {
        return context.camel().getInflightRepository().size() == 0;
    }

    private long suspended() {
        return log.messages().stream()
                .filter(line -> line.contains("Route pictures is suspended"))
                .count();
    }

    /** Each is another one, and about as large as a photo. */
    private void drop(Path inbox) throws IOException {
        for (int i = 0; i < FILES; i++) {
            byte[] photo = PictureSamples.segment(TestPictures.noise(1_000_000), 0xFE, new byte[] {(byte) i});
            TestFiles.drop(inbox.resolve(i + ".jpg"), photo);
        }
    }

    private void start(Path parent, Path outbox, Path failed) throws Exception {
        AccountRoutePolicy policy = new AccountRoutePolicy();
        policy.setPeriod(500);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + parent.resolve("inbox") + "?delay=200&moveFailed=" + failed.resolve("failed"))
                        .routeId("pictures")
                        .routePolicy(policy)
                        .to("dewatermark:erase?journalDirectory=" + parent.resolve("journal"))
                        .to("file:" + outbox.resolve("outbox"));
            }
        });
    }

    private static List<String> files(Path path) throws IOException {
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> !file.startsWith("."))
                    .toList();
        }
    }
}
