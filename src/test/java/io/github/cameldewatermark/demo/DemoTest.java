package io.github.cameldewatermark.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.pixel.UnchangedClipEngine;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DemoTest {

    private static final Pattern SOURCE = Pattern.compile(" src=\"([^\"]+)\"");

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .pictureEngine(new WhiteningPictures())
            .clipEngine(new UnchangedClipEngine(6))
            .taskDuration(Duration.ZERO)
            .start();

    private final PrintStream console = System.out;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private Thread demo;

    private void startWatching() {
        System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
        demo = new Thread(this::watch, "demo");
        demo.start();
    }

    @AfterEach
    void stop() throws InterruptedException {
        demo.interrupt();
        demo.join();
        System.setOut(console);
    }

    private void watch() {
        try {
            new Demo(folder, true).runOn(sandbox);
        } catch (Exception e) {
            // it was interrupted
        }
    }

    @Test
    void itSaysWhatItDoesBeforeAndItsReportHasEachWatchedFileAndEachFailure() throws Exception {
        startWatching();
        awaitOutput("Watching ");
        assertThat(output())
                .startsWith("Dewatermark demo: 3 pictures and a clip are cleaned by the offline sandbox")
                .containsSubsequence("Nothing leaves this machine", "only removes marks like those", "Inbox: ")
                .contains("clean in ", ", 1 credit\n", ", 1.2 credits\n", "Balance: 995.8 credits");
        assertThat(report()).contains("only removes marks like those", "chelsea.jpg", "coffee.jpg", "rocket-pan.mp4");

        Path inbox = folder.resolve("inbox");
        TestFiles.drop(inbox.resolve("ours & theirs #1.png"), TestPictures.png(40, 40, Color.GRAY));
        TestFiles.drop(inbox.resolve("notes.jpg"), "<b>no picture</b>".getBytes(StandardCharsets.UTF_8));
        awaitOutput("ours & theirs #1.png   clean in ");
        awaitOutput("notes.jpg              FAILED in ");

        assertThat(report())
                .contains("<h2>ours &amp; theirs #1.png</h2>", "<h2>notes.jpg</h2>", "notes.jpg is a text")
                .contains("src=\"outbox/ours%20&amp;%20theirs%20%231.png.jpg\"");
        List<String> sources = SOURCE.matcher(report())
                .results()
                .map(source -> source.group(1))
                .toList();
        assertThat(sources).hasSize(2 * 5 + 1).allSatisfy(source -> assertThat(
                        Path.of(folder.toUri().resolve(URI.create(source.replace("&amp;", "&")))))
                .isNotEmptyFile());
    }

    @Test
    void whatWaitsForItsAccountIsSaidToWaitAndIsNoFailure() throws Exception {
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(401));
        startWatching();
        awaitOutput(" WAITS: ");

        sandbox.faults().clear();
        awaitOutput("Watching ");

        assertThat(output()).contains("401").doesNotContain("FAILED");
        assertThat(report()).contains("chelsea.jpg", "coffee.jpg", "rocket.jpg", "rocket-pan.mp4");
    }

    private void awaitOutput(String text) {
        await().atMost(Duration.ofSeconds(60))
                .failFast("it ended", () -> !demo.isAlive())
                .until(() -> output().contains(text));
    }

    private String output() {
        return output.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String report() throws IOException {
        return Files.readString(folder.resolve(DemoReport.NAME));
    }
}
