package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.pixel.CleanedPicture;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch that is cut off in the middle continues, and pays for nothing twice. */
@Timeout(value = 400, unit = TimeUnit.SECONDS)
class BatchCutOffTest {

    private static final int PICTURES = 60;
    private static final int CLIPS = 10;

    @TempDir
    Path temp;

    private TestBatch batch;
    private Sandbox sandbox;

    /** How often the platform cleaned, and charged, a picture, by its width. */
    private final Map<Integer, Integer> cleaned = new ConcurrentHashMap<>();

    /** From this many pictures on, the platform works on those that it has, until it is released. */
    private volatile int most = PICTURES;

    private volatile CountDownLatch released = new CountDownLatch(1);

    @BeforeEach
    void start() throws Exception {
        batch = new TestBatch(temp);
        batch.close();
        sandbox = Sandbox.builder()
                .credits(TestBatch.CREDITS)
                .taskDuration(Duration.ofMillis(500))
                .pictureEngine((picture, brush) -> clean(picture))
                .start();
        batch.sandbox = sandbox;
        for (int i = 0; i < PICTURES; i++) {
            Samples.write(batch.folder.resolve("%02d.jpg".formatted(i)), Samples.jpeg(100 + i, 20, 1));
        }
        for (int i = 0; i < CLIPS; i++) {
            Samples.write(
                    batch.folder.resolve("%02d5.mp4".formatted(i * PICTURES / CLIPS)), Samples.mp4(1 + i / 100.0));
        }
    }

    @AfterEach
    void stop() {
        batch.close();
    }

    @Test
    void afterAKillWhatIsPaidIsFreeAndWhatMayBePaidIsLeftToTheOperator() throws Exception {
        killAfter(10);
        killAfter(5);

        JsonNode before = batch.estimate();
        int unclear = before.at("/maybePaid/files").asInt();
        int code = batch.run();

        assertTrue(unclear > 0, "pictures were being sent: " + before);
        assertEquals(1, code);
        assertTrue(batch.summary().endsWith(" " + unclear + " failed"), batch.summary());
        assertTrue(
                batch.summary()
                        .contains(
                                " cleaned for " + before.at("/toClean/credits").decimalValue() + " credit"),
                batch.summary() + " " + before);
        assertChargedOnce();
        assertEquals(PICTURES + CLIPS - unclear, TestBatch.names(batch.outbox).size());

        assertEquals(0, batch.run("--pay-again"));

        assertTrue(batch.summary().startsWith(unclear + " cleaned for " + unclear + " credit"), batch.summary());
        assertEquals(TestBatch.names(batch.folder), TestBatch.names(batch.outbox));
    }

    @Test
    void afterCtrlCWhatIsUnderWayIsDoneAndTheNextBatchDoesTheRest() throws Exception {
        try (BatchProcess process = new BatchProcess(batch, temp.resolve("output"))) {
            awaitPictures(process, 15);

            process.interrupt();
            await(process, () -> process.output().contains("No more files are begun. Under way: "));
            released.countDown();

            assertEquals(128 + 15, process.awaitEnd(), "that of the signal");
            assertTrue(process.output().contains(", stopped before "), process.output());
        }
        most = PICTURES;
        assertEquals(sandbox.ledger().size(), TestBatch.names(batch.outbox).size(), "all that is paid is delivered");

        assertEquals(0, batch.run());

        assertChargedOnce();
        assertEquals(PICTURES, cleaned.size());
        assertEquals(TestBatch.names(batch.folder), TestBatch.names(batch.outbox));
    }

    /** Kills the batch while pictures are being sent. */
    private void killAfter(int pictures) throws Exception {
        try (BatchProcess process = new BatchProcess(batch, temp.resolve("output"))) {
            awaitPictures(process, pictures);
            process.kill();
        }
        most = PICTURES;
        released.countDown();
    }

    /** Waits for so many more pictures. */
    private void awaitPictures(BatchProcess process, int count) {
        released = new CountDownLatch(1);
        most = cleaned.size() + count;
        await(process, () -> cleaned.size() > most);
    }

    private static void await(BatchProcess process, Callable<Boolean> condition) {
        Awaitility.await()
                .atMost(120, TimeUnit.SECONDS)
                .failFast(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError(process.output());
                    }
                })
                .until(condition);
    }

    private void assertChargedOnce() {
        assertEquals(Map.of(), moreThanOnce());
        List<LedgerEntry> ledger = sandbox.ledger();
        assertEquals(
                CLIPS,
                ledger.stream().filter(entry -> entry.call() == Call.SUBMIT).count());
        assertEquals(
                cleaned.size(),
                ledger.stream().filter(entry -> entry.call() == Call.ERASE).count());
        assertTrue(batch.spent().compareTo(BigDecimal.valueOf(PICTURES + CLIPS)) < 0);
    }

    private Map<Integer, Integer> moreThanOnce() {
        Map<Integer, Integer> times = new ConcurrentHashMap<>(cleaned);
        times.values().removeIf(count -> count == 1);
        return times;
    }

    private CleanedPicture clean(BufferedImage picture) {
        cleaned.merge(picture.getWidth(), 1, Integer::sum);
        if (cleaned.size() > most) {
            awaitRelease();
        }
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage result = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        result.setData(picture.getRaster());
        return new CleanedPicture(result, new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY));
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
