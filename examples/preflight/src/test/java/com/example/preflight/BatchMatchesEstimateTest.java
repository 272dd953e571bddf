package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch costs on the sandbox what preflight said. */
class BatchMatchesEstimateTest {

    @TempDir
    Path temp;

    private TestBatch batch;
    private Path folder;
    private Sandbox sandbox;

    @BeforeEach
    void start() {
        batch = new TestBatch(temp);
        folder = batch.folder;
        sandbox = batch.sandbox;
    }

    @AfterEach
    void stop() {
        batch.close();
    }

    @Test
    void theBatchCostsWhatTheEstimateSaid() throws Exception {
        Samples.mixedFolder(folder);
        List<String> before = TestBatch.names(folder);

        BigDecimal estimate = batch.estimatedCredits();

        assertTrue(sandbox.requests().all().isEmpty(), "preflight calls nobody");
        assertEquals(new BigDecimal("6.91"), estimate);
        assertEquals(1, batch.run(), "there are rejects");
        assertEquals(estimate, batch.spent());
        assertEquals("7 cleaned for 6.91 credits, 4 skipped, 6 failed", batch.summary());
        assertEquals(before, TestBatch.names(folder));
        assertTrue(sandbox.requests().leaks().isEmpty());
    }

    @Test
    void everyContentHasOneResult() throws Exception {
        Samples.mixedFolder(folder);

        batch.run();

        List<String> results = TestBatch.names(batch.outbox);
        assertEquals(5 + 2, results.size(), results::toString);
        assertEquals(5 + 2, batch.cleanedContents().size());
        assertEquals(
                1,
                Stream.of("photo-1.jpg", "copy of photo-1.jpg", "2024/photo-1 (2).jpg")
                        .filter(results::contains)
                        .count());
    }

    @Test
    void aSecondBatchCostsNothing() throws Exception {
        Samples.mixedFolder(folder);
        batch.run();
        BigDecimal first = batch.spent();
        // a new name is no new content
        Files.move(folder.resolve("photo-3.jpg"), folder.resolve("2024/sunset.jpg"));

        assertEquals(BigDecimal.ZERO, batch.estimatedCredits());
        batch.run();

        assertEquals(first, batch.spent());
    }

    @Test
    void whatIsNewCostsWhatTheEstimateSaid() throws Exception {
        Samples.mixedFolder(folder);
        batch.run();
        BigDecimal first = batch.spent();
        Samples.write(folder.resolve("new.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("new.mp4"), Samples.mp4(10.5));

        BigDecimal estimate = batch.estimatedCredits();
        batch.run();

        assertEquals(new BigDecimal("3.1"), estimate);
        assertEquals(first.add(estimate), batch.spent());
    }

    @Test
    void aRealClipCostsWhatTheEstimateSaid() throws Exception {
        byte[] clip;
        try (InputStream in = getClass().getResourceAsStream("/rocket-pan.mp4")) {
            clip = in.readAllBytes();
        }
        Samples.write(folder.resolve("rocket.mp4"), clip);

        BigDecimal estimate = batch.estimatedCredits();

        assertEquals(0, batch.run());
        assertEquals(estimate, batch.spent());
        assertArrayEquals(
                clip, Files.readAllBytes(batch.outbox.resolve("rocket.mp4")), "there is no engine for clips here");
    }

    @Test
    void aClipOfUnknownLengthComesOnTop() throws Exception {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("unknown.mp4"), Samples.mp4(0));
        Samples.write(folder.resolve("unknown.webm"), new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3});

        JsonNode toClean = batch.estimate().get("toClean");
        batch.run();

        assertEquals(2, toClean.get("unknownLength").asInt());
        assertEquals(BigDecimal.ONE, toClean.get("credits").decimalValue());
        // without an engine, the sandbox takes 6 seconds for the length of such a clip
        assertEquals(new BigDecimal("3.4"), batch.spent());
    }

    @Test
    void aFailureIsNotRememberedAsDone() throws Exception {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("copy.jpg"), Samples.jpeg(50, 50, 1));
        sandbox.faults().on(Call.ERASE).times(1).inject(Fault.status(500));

        assertEquals(1, batch.run());
        assertEquals(1, sandbox.requests().count(Call.ERASE), "the copy isn't tried in the same batch");
        assertEquals(List.of(), batch.cleanedContents());
        assertEquals(BigDecimal.ONE, batch.estimate().at("/maybePaid/credits").decimalValue());
        assertEquals(BigDecimal.ZERO, batch.estimatedCredits());

        assertEquals(1, batch.run());
        assertEquals(1, sandbox.requests().count(Call.ERASE), "it may have been charged");
        assertTrue(batch.out.contains("sent again only with --pay-again: 1\n  copy.jpg\n"), batch.out);

        assertEquals(0, batch.run("--pay-again"));
        assertEquals("1 cleaned for 1 credit, 1 skipped, 0 failed", batch.summary());
        assertEquals(BigDecimal.ONE, batch.spent());
        assertEquals(BigDecimal.ZERO, batch.estimatedCredits());
    }

    @Test
    void whatIsPaidAndCannotBeWrittenIsInTheSummary() throws Exception {
        Samples.write(folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(folder.resolve("2024/other.jpg"), Samples.jpeg(60, 50, 1));
        Samples.write(folder.resolve("2024/clip.mp4"), Samples.mp4(2));
        Path inTheWay = Files.createDirectories(batch.outbox).resolve("2024");
        Files.writeString(inTheWay, "no folder");

        assertEquals(1, batch.run());

        assertEquals("1 cleaned for 1 credit, 0 skipped, 2 failed, 2 of these paid (1.4 credits)", batch.summary());
        assertEquals(new BigDecimal("2.4"), batch.spent());
        for (String name : List.of("2024/other.jpg: ", "2024/clip.mp4: ")) {
            assertTrue(
                    batch.err
                            .lines()
                            .anyMatch(line -> line.contains(name)
                                    && line.endsWith(" - It is paid. The next batch gets its result for nothing, by the"
                                            + " journal " + batch.journal)),
                    batch.err);
        }

        Files.delete(inTheWay);
        assertEquals(0, batch.run());
        assertEquals("2 cleaned for 0 credits, 1 skipped, 0 failed", batch.summary());
        assertEquals(new BigDecimal("2.4"), batch.spent());
    }

    @Test
    void aCopyOfWhatFailedLongAgoIsNotTriedInTheSameBatch() throws Exception {
        Samples.write(folder.resolve("000.jpg"), Samples.jpeg(50, 50, 1));
        for (int i = 1; i <= 60; i++) {
            Samples.write(folder.resolve("%03d.jpg".formatted(i)), Samples.jpeg(50 + i, 50, 1));
        }
        Samples.write(folder.resolve("999.jpg"), Samples.jpeg(50, 50, 1));
        sandbox.faults().on(Call.ERASE).times(100).inject(Fault.status(500));

        assertEquals(1, batch.run());

        assertEquals(61, sandbox.requests().count(Call.ERASE));
    }

    @Test
    void withoutCreditsTheRestIsNotBegun() throws Exception {
        for (int i = 0; i < 250; i++) {
            Samples.write(folder.resolve(i + ".jpg"), Samples.jpeg(20 + i, 20, 0));
        }
        sandbox.close();
        sandbox = Sandbox.builder().credits(3).start();
        batch.sandbox = sandbox;

        assertEquals(1, batch.run());

        assertEquals(BigDecimal.ZERO, sandbox.balance());
        assertEquals(3, batch.cleanedContents().size());
        long refused = sandbox.requests().count(Call.ERASE) - 3;
        assertTrue(refused <= 32 + 3, "some were under way, most are not begun");
        assertEquals(
                "3 cleaned for 3 credits, 0 skipped, %d failed, stopped before %d more"
                        .formatted(refused, 250 - 3 - refused),
                batch.summary());
    }
}
