package io.github.cameldewatermark.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Color;
import java.awt.Rectangle;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the Python samples of the API document; nothing in them is changed but the URL and the key. */
class VendorSampleTest {

    private static final String VENDOR = "https://platform.dewatermark.ai";
    private static final String KEY = "YOUR_API_KEY";

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ZERO)
            .pictureEngine(new WhiteningPictures())
            .clipEngine(TestClips.copying(6))
            .start();

    @BeforeAll
    static void pythonIsThere() throws IOException {
        assumeTrue(
                hasPythonWithRequests(),
                "The vendor's samples need python3 with the requests library, which isn't installed here");
    }

    @Test
    void theImageSampleRunsThroughAllItsRefinements() throws IOException {
        Files.write(folder.resolve("input.jpeg"), TestPictures.jpeg(64, 48, Color.BLUE));
        byte[] brush = TestPictures.brush(64, 48, new Rectangle(40, 30, 10, 10));
        Files.write(folder.resolve("mask_brush_manual_step_1.png"), brush);
        Files.write(folder.resolve("mask_brush_manual_step_2.png"), brush);

        assertThat(run("erase_watermark.py")).contains("Image saved to output_image.jpg");

        assertThat(TestPictures.image(Files.readAllBytes(folder.resolve("output_image.jpg")))
                        .getWidth())
                .isEqualTo(64);
        assertThat(sandbox.requests().of(Call.ERASE)).extracting("status").containsExactly(200, 200, 200);
        assertThat(sandbox.balance()).isEqualByComparingTo("997");
    }

    @Test
    void theCallsOfTodayRun() throws IOException {
        Files.write(folder.resolve("input.jpeg"), TestPictures.jpeg(64, 48, Color.BLUE));

        assertThat(run("today.py")).contains("v3: 200, mask: True", "PRO: 200, mask: False, session: True");

        for (String result : new String[] {"output_v3.jpg", "output_pro.jpg"}) {
            assertThat(TestPictures.image(Files.readAllBytes(folder.resolve(result)))
                            .getWidth())
                    .isEqualTo(64);
        }
        assertThat(sandbox.balance()).isEqualByComparingTo("996");
    }

    @Test
    void theVideoStepsRun() throws IOException {
        byte[] clip = TestClips.mp4(6, 100_000);
        Files.createDirectories(folder.resolve("path/to/your"));
        Files.write(folder.resolve("path/to/your/video.mp4"), clip);

        assertThat(run("video_steps.py"))
                .contains("Video uploaded successfully", "Duration: 6.0s", "Video downloaded successfully");

        assertThat(folder.resolve("processed_video.mp4")).hasBinaryContent(clip);
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
        assertThat(sandbox.requests().leaks()).isEmpty();
    }

    @Test
    void theCompleteWorkflowRuns() throws IOException {
        byte[] clip = TestClips.mp4(6, 100_000);
        Files.write(folder.resolve("input_video.mp4"), clip);

        assertThat(run("video_workflow.py")).contains("Upload status: 200", "Task submitted", "Video downloaded");

        assertThat(folder.resolve("output_video.mp4")).hasBinaryContent(clip);
        assertThat(sandbox.balance()).isEqualByComparingTo("998.8");
    }

    @Test
    void theStepsOfAPdfRun() throws IOException {
        Files.write(folder.resolve("input.pdf"), TestPdfs.pages(12));

        assertThat(run("pdf_steps.py"))
                .contains("Task: CREATED", "Upload: 200", "Submit: 200, same task: True", "Status: SUCCESS");

        try (PDDocument pdf = Loader.loadPDF(folder.resolve("output.pdf").toFile())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(TestPdfs.text(12))
                    .doesNotContain(TestPdfs.OVERLAY);
        }
        assertThat(sandbox.balance()).isEqualByComparingTo("998");
        assertThat(sandbox.requests().leaks()).isEmpty();
    }

    @Test
    void theCreditSampleRuns() throws IOException {
        assertThat(run("credit.py")).contains("Available credit: 1000");
    }

    private String run(String sample) throws IOException {
        String code;
        try (InputStream in = VendorSampleTest.class.getResourceAsStream("/vendor-sample/" + sample)) {
            code = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Files.writeString(
                folder.resolve(sample), code.replace(VENDOR, sandbox.baseUrl()).replace(KEY, sandbox.apiKey()));
        File output = folder.resolve(sample + ".out").toFile();
        ProcessBuilder python = new ProcessBuilder("python3", sample)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output);
        // a proxy of the machine isn't for the loopback address
        python.environment().put("NO_PROXY", "127.0.0.1");
        int exit = exitOf(python.start());
        String said = Files.readString(output.toPath());
        assertThat(exit).as(said).isZero();
        return said;
    }

    private static boolean hasPythonWithRequests() throws IOException {
        try {
            return exitOf(new ProcessBuilder("python3", "-c", "import requests")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start())
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static int exitOf(Process process) throws IOException {
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException("Python didn't end within a minute");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            throw new IOException(e);
        }
    }
}
