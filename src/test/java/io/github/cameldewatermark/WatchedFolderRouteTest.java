package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.apache.camel.main.Main;
import org.apache.logging.log4j.Level;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The route file as it is, run by Camel Main. */
@Timeout(90)
class WatchedFolderRouteTest {

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandboxThatKeepsClips(Duration.ofMillis(200));

    @AutoClose
    private final LogLines log = new LogLines("", Level.WARN);

    @AutoClose("stop")
    private final Main camel = new Main();

    @BeforeEach
    void start() throws Exception {
        Files.createDirectories(folder.resolve("inbox"));
        camel.configure().withRoutesIncludePattern("file:routes/watched-folder.camel.yaml");
        camel.addInitialProperty("folder", folder.toString());
        camel.addInitialProperty("key", sandbox.apiKey());
        // 4.22 warns of a key that is plain text
        camel.addInitialProperty("camel.component.dewatermark.apiKey", "{{key}}");
        camel.addInitialProperty("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
        camel.addInitialProperty("camel.component.dewatermark.pollInterval", "100");
        camel.start();
    }

    @Test
    void picturesAndClipsArriveInTheOutboxUnderTheirNamesAndTheOriginalsAreKept() throws IOException {
        byte[] clip = TestPictures.resource("/samples/video/rocket-pan.mp4");
        drop("a.jpg", TestPictures.jpeg());
        drop("B.JPEG", TestPictures.jpeg(64, 48, 2));
        drop("clip.mp4", clip);

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/a.jpg")).hasBinaryContent(TestPictures.jpeg());
            assertThat(folder.resolve("inbox/.done/B.JPEG")).exists();
            assertThat(folder.resolve("inbox/.done/clip.mp4")).hasBinaryContent(clip);
        });

        assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("outbox/B.JPEG")).isNotEmptyFile();
        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(clip);
        assertThat(folder.resolve("failed")).doesNotExist();
        // two pictures, and six seconds of video
        assertThat(sandbox.balance()).isEqualByComparingTo("996.8");
    }

    @Test
    void picturesOfOtherKindsArriveAsJpegsThatDoNotReplaceEachOther() throws IOException {
        byte[] png = PictureSamples.written(PictureSamples.picture(96, 64), "png");
        byte[] webp = TestPictures.resource("/pictures/lossy.webp");
        drop("photo.png", png);
        drop("photo.webp", webp);

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/photo.png")).hasBinaryContent(png);
            assertThat(folder.resolve("inbox/.done/photo.webp")).hasBinaryContent(webp);
        });

        assertThat(Files.readAllBytes(folder.resolve("outbox/photo.png.jpg"))).startsWith(0xFF, 0xD8);
        assertThat(Files.readAllBytes(folder.resolve("outbox/photo.webp.jpg"))).startsWith(0xFF, 0xD8);
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void whatTheApiDoesNotTakeGoesToFailedWithTheReasonBeforeAnythingIsSpent() throws IOException {
        drop("notes.jpg", "this is no picture".getBytes());
        drop("drawing.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13});
        drop("cut.jpg", Arrays.copyOf(TestPictures.jpeg(), TestPictures.jpeg().length / 2));
        drop("empty.jpg", new byte[0]);
        drop("photo.heic", "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes());
        drop("photo\n.jpg", TestPictures.jpeg());

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("failed/empty.jpg")).exists();
            assertThat(folder.resolve("failed/notes.jpg")).exists();
            assertThat(folder.resolve("failed/drawing.png")).exists();
            assertThat(folder.resolve("failed/cut.jpg")).exists();
            assertThat(folder.resolve("failed/photo.heic")).exists();
            assertThat(folder.resolve("failed").toFile().list()).hasSize(12);
        });

        assertThat(folder.resolve("failed/notes.jpg.txt"))
                .content()
                .matches("[0-9: -]{19} notes[.]jpg: notes[.]jpg is a text.* Nothing was.* \\(billed: NO\\)\n");
        assertThat(folder.resolve("failed/empty.jpg.txt")).content().contains("empty.jpg is empty");
        assertThat(folder.resolve("failed/drawing.png.txt"))
                .content()
                .contains("drawing.png is a PNG that was cut short");
        assertThat(folder.resolve("failed/cut.jpg.txt")).content().contains("cut.jpg is a JPEG that was cut short");
        assertThat(folder.resolve("failed/photo.heic.txt")).content().contains("photo.heic is an HEIC picture");
        assertThat(folder.resolve("outbox")).doesNotExist();
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();
        assertThat(log.messages())
                .hasSize(6)
                .allMatch(line -> line.contains("billed: NO") || line.contains("because of its name"));
    }

    @Test
    void unclearMoneyGoesToFailedAtOnceAndIsNotSpentAgain() throws IOException {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        drop("a.jpg", TestPictures.jpeg());

        soon().until(() -> Files.exists(folder.resolve("failed/a.jpg")));

        assertThat(folder.resolve("failed/a.jpg.txt")).content().contains("may have been processed and charged");
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
        assertThat(folder.resolve("outbox")).doesNotExist();
    }

    @Test
    void aGarbledAnswerLeavesNothingInTheOutbox() throws IOException {
        sandbox.faults().on(Call.ERASE).inject(Fault.garbled(Fault.Garbling.ENDS_EARLY));
        drop("a.jpg", TestPictures.jpeg());

        soon().until(() -> Files.exists(folder.resolve("failed/a.jpg")));

        assertThat(folder.resolve("outbox")).doesNotExist();
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aRedeliveryOfAClipResumesItsTaskAndIsNotChargedAgain() throws IOException {
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        byte[] clip = TestPictures.resource("/samples/video/rocket-pan.mp4");
        drop("clip.mp4", clip);

        soon().until(() -> Files.exists(folder.resolve("inbox/.done/clip.mp4")));

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(clip);
        assertThat(sandbox.requests().count(Call.DOWNLOAD)).isEqualTo(2);
        assertThat(sandbox.ledger()).singleElement().satisfies(entry -> assertThat(entry.amount())
                .isEqualByComparingTo(new BigDecimal("1.2")));
    }

    @Test
    void aClipThatThePlatformGivesUpOnIsTriedOnceMoreAndThenGoesToFailed() throws IOException {
        sandbox.faults().on(Call.SUBMIT).always().inject(Fault.failingTask());
        drop("clip.mp4", TestPictures.resource("/samples/video/rocket-pan.mp4"));

        soon().until(() -> Files.exists(folder.resolve("failed/clip.mp4")));

        assertThat(folder.resolve("failed/clip.mp4.txt")).content().contains("failed; its credits are refunded");
        assertThat(sandbox.tasks()).hasSize(2);
        assertThat(sandbox.balance()).isEqualByComparingTo("1000");
    }

    @Test
    void aFileIsNotTakenWhileItIsWrittenAndDoesNotHoldUpOthers() throws Exception {
        byte[] picture = TestPictures.jpeg();
        Path file = folder.resolve("inbox/a-slow.jpg");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(picture, 0, 100);
            out.flush();
            drop("b.jpg", picture);
            await().atMost(10, SECONDS).pollInterval(Duration.ofMillis(50)).until(() -> {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now())); // as writing does
                return Files.exists(folder.resolve("inbox/.done/b.jpg"));
            });
            assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
            out.write(picture, 100, picture.length - 100);
        }

        soon().until(() -> Files.exists(folder.resolve("inbox/.done/a-slow.jpg")));

        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void aSecondFailureOfTheSameNameIsKeptToo() throws IOException {
        drop("notes.jpg", "first".getBytes());
        soon().until(() -> Files.exists(folder.resolve("failed/notes.jpg")));

        drop("notes.jpg", "second".getBytes());

        soon().until(() -> !Files.exists(folder.resolve("inbox/notes.jpg")));
        assertThat(folder.resolve("failed/notes.jpg")).hasContent("first");
        assertThat(folder.resolve("failed/notes-2.jpg")).hasContent("second");
    }

    private static ConditionFactory soon() {
        return await().atMost(30, SECONDS);
    }

    private void drop(String name, byte[] content) throws IOException {
        TestFiles.drop(folder.resolve("inbox").resolve(name), content);
    }
}
