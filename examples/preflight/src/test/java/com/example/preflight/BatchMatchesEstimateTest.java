package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The batch costs on the sandbox what preflight said. */
class BatchMatchesEstimateTest {

    private static final BigDecimal CREDITS = new BigDecimal(100);

    @TempDir
    Path temp;

    private Path folder;
    private Path outbox;
    private Path cleaned;
    private Sandbox sandbox;
    private String summary;

    @BeforeEach
    void start() {
        folder = temp.resolve("folder");
        outbox = temp.resolve("outbox");
        cleaned = outbox.resolve(".cleaned");
        sandbox = Sandbox.builder()
                .credits(CREDITS)
                .taskDuration(Duration.ofMillis(100))
                .start();
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void theBatchCostsWhatTheEstimateSaid() throws Exception {
        Samples.mixedFolder(folder);
        List<String> before = names(folder);

        BigDecimal estimate = estimatedCredits();

        assertTrue(sandbox.requests().all().isEmpty(), "preflight calls nobody");
        assertEquals(new BigDecimal("6.91"), estimate);
        assertEquals(1, batch(), "there are rejects");
        assertEquals(estimate, spent());
        // 4 copies, and one of the two empty files
        assertEquals("7 cleaned for 6.91 credits, 5 skipped, 5 failed", summary);
        assertEquals(before, names(folder));
        assertTrue(sandbox.requests().leaks().isEmpty());
    }

    @Test
    void everyContentHasOneResult() throws Exception {
        Samples.mixedFolder(folder);

        batch();

        List<String> results = names(outbox);
        assertEquals(5 + 2 + 1, results.size(), () -> "and the list of what was cleaned: " + results);
        assertEquals(5 + 2, Files.readAllLines(cleaned).size());
        assertEquals(
                1,
                Stream.of("photo-1.jpg", "copy of photo-1.jpg", "2024/photo-1 (2).jpg")
                        .filter(results::contains)
                        .count());
    }

    @Test
    void aSecondBatchCostsNothing() throws Exception {
        Samples.mixedFolder(folder);
        batch();
        BigDecimal first = spent();
        // a new name is no new content
        Files.move(folder.resolve("photo-3.jpg"), folder.resolve("2024/sunset.jpg"));

        assertEquals(BigDecimal.ZERO, estimatedCredits());
        batch();

        assertEquals(first, spent());
    }

    @Test
    void whatIsNewCostsWhatTheEstimateSaid() throws Exception {
        Samples.mixedFolder(folder);
        batch();
        BigDecimal first = spent();
        Samples.write(folder.resolve("new.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("new.mp4"), Samples.mp4(10.5));

        BigDecimal estimate = estimatedCredits();
        batch();

        assertEquals(new BigDecimal("3.1"), estimate);
        assertEquals(first.add(estimate), spent());
    }

    @Test
    void aRealClipCostsWhatTheEstimateSaid() throws Exception {
        byte[] clip;
        try (InputStream in = getClass().getResourceAsStream("/rocket-pan.mp4")) {
            clip = in.readAllBytes();
        }
        Samples.write(folder.resolve("rocket.mp4"), clip);

        BigDecimal estimate = estimatedCredits();

        assertEquals(0, batch());
        assertEquals(estimate, spent());
        assertArrayEquals(clip, Files.readAllBytes(outbox.resolve("rocket.mp4")), "there is no engine for clips here");
    }

    @Test
    void aClipOfUnknownLengthComesOnTop() throws Exception {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("unknown.mp4"), Samples.mp4(0));
        Samples.write(folder.resolve("unknown.webm"), new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3});

        JsonNode toClean = estimate().get("toClean");
        batch();

        assertEquals(2, toClean.get("unknownLength").asInt());
        assertEquals(BigDecimal.ONE, toClean.get("credits").decimalValue());
        // without an engine, the sandbox takes 6 seconds for the length of such a clip
        assertEquals(new BigDecimal("3.4"), spent());
    }

    @Test
    void aFailureIsNotRememberedAsDone() throws Exception {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("copy.jpg"), Samples.jpeg(50, 50, 1));
        sandbox.faults().on(Call.ERASE).times(1).inject(Fault.status(500));

        assertEquals(1, batch());
        assertEquals(1, sandbox.requests().count(Call.ERASE), "the copy isn't tried in the same batch");
        assertEquals(List.of(), Files.readAllLines(cleaned));
        assertEquals(BigDecimal.ONE, estimatedCredits());

        assertEquals(0, batch());
        assertEquals(BigDecimal.ONE, spent());
        assertEquals(BigDecimal.ZERO, estimatedCredits());
    }

    @Test
    void aCopyOfWhatFailedLongAgoIsNotTriedInTheSameBatch() throws Exception {
        Samples.write(folder.resolve("000.jpg"), Samples.jpeg(50, 50, 1));
        for (int i = 1; i <= 60; i++) {
            Samples.write(folder.resolve("%03d.jpg".formatted(i)), Samples.jpeg(50 + i, 50, 1));
        }
        Samples.write(folder.resolve("999.jpg"), Samples.jpeg(50, 50, 1));
        sandbox.faults().on(Call.ERASE).times(100).inject(Fault.status(500));

        assertEquals(1, batch());

        assertEquals(61, sandbox.requests().count(Call.ERASE));
    }

    @Test
    void withoutCreditsTheRestIsNotBegun() throws Exception {
        for (int i = 0; i < 250; i++) {
            Samples.write(folder.resolve(i + ".jpg"), Samples.jpeg(20 + i, 20, 0));
        }
        sandbox.close();
        sandbox = Sandbox.builder().credits(3).start();

        assertEquals(1, batch());

        assertEquals(BigDecimal.ZERO, sandbox.balance());
        assertEquals(3, Files.readAllLines(cleaned).size());
        long refused = sandbox.requests().count(Call.ERASE) - 3;
        assertTrue(refused <= 32 + 3, "some were under way, most are not begun");
        assertEquals(
                "3 cleaned for 3 credits, 0 skipped, %d failed, stopped before %d more"
                        .formatted(refused, 250 - 3 - refused),
                summary);
    }

    @Test
    void anOutboxInTheFolderIsRefused() throws IOException {
        Samples.mixedFolder(folder);
        outbox = folder.resolve("clean");

        assertEquals(2, batch());
        assertTrue(sandbox.requests().all().isEmpty());
    }

    private BigDecimal estimatedCredits() throws IOException {
        return estimate().get("toClean").get("credits").decimalValue();
    }

    private JsonNode estimate() throws IOException {
        StringWriter out = new StringWriter();
        CommandLine preflight = Preflight.commandLine().setOut(new PrintWriter(out));
        preflight.execute(folder.toString(), "--done", cleaned.toString(), "--json");
        return new ObjectMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(out.toString());
    }

    private int batch() {
        Batch batch = new Batch()
                .with("camel.component.dewatermark.apiKey", sandbox.apiKey())
                .with("camel.component.dewatermark.baseUrl", sandbox.baseUrl())
                .with("camel.component.dewatermark.pollInterval", "50");
        StringWriter out = new StringWriter();
        int code = Batch.commandLine(batch).setOut(new PrintWriter(out)).execute(folder.toString(), outbox.toString());
        summary = out.toString().trim();
        return code;
    }

    private BigDecimal spent() {
        return CREDITS.subtract(sandbox.balance());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .sorted()
                    .toList();
        }
    }
}
