package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.file.FileKind;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Preflight and the batch agree on what the journal says, of pictures and of clips. */
class BatchJournalTest {

    private static final BigDecimal PRICE = new BigDecimal("1.4");

    @TempDir
    Path temp;

    private TestBatch batch;

    /** All is paid, and nothing of it is delivered. */
    @BeforeEach
    void losesWhatWasDelivered() throws IOException {
        batch = new TestBatch(temp);
        Samples.write(batch.folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(batch.folder.resolve("clip.mp4"), Samples.mp4(2));
        assertEquals(0, batch.run());
        assertEquals(PRICE, batch.spent());
        Files.delete(batch.cleaned);
        Files.delete(batch.outbox.resolve("photo.jpg"));
        Files.delete(batch.outbox.resolve("clip.mp4"));
    }

    @AfterEach
    void stop() {
        batch.close();
    }

    @Test
    void whatIsPaidCostsNothing() throws IOException {
        JsonNode estimate = batch.estimate();
        assertEquals(2, estimate.at("/alreadyPaid/files").asInt());
        assertEquals(PRICE, estimate.at("/alreadyPaid/credits").decimalValue());
        assertEquals(BigDecimal.ZERO, estimate.at("/toClean/credits").decimalValue());

        assertEquals(0, batch.run("--limit=0"));

        assertTrue(batch.out.replaceAll(" +", " ").contains("already paid 2 2 1.4"), batch.out);
        assertEquals("2 cleaned for 0 credits, 0 skipped, 0 failed", batch.summary());
        assertEquals(PRICE, batch.spent());
        assertEquals(List.of("clip.mp4", "photo.jpg"), TestBatch.names(batch.outbox));
    }

    @Test
    void anotherPlatformIsPaidAnew() throws IOException {
        assertEquals(2, batch.estimate().at("/alreadyPaid/files").asInt());
        batch.close();
        batch = new TestBatch(temp);

        assertEquals(PRICE, batch.estimatedCredits());
        assertEquals(0, batch.run());

        assertEquals(PRICE, batch.spent());
    }

    @Test
    void whatIsForgottenIsPaidAgain() throws IOException {
        Instant longAgo = Instant.now().minus(PaidContents.RETENTION).minus(Duration.ofDays(1));
        for (Path entry : entries()) {
            Files.setLastModifiedTime(entry, FileTime.from(longAgo));
        }

        assertEquals(PRICE, batch.estimatedCredits());
        assertEquals(0, batch.run());

        assertEquals(PRICE.add(PRICE), batch.spent());
    }

    @Test
    void whatMayHaveBeenChargedIsLeftAloneUntilSomebodySaysToPayAgain() throws IOException {
        for (Path entry : entries()) {
            Files.writeString(entry, "broken by a power cut");
        }

        JsonNode estimate = batch.estimate();
        assertEquals(2, estimate.at("/maybePaid/files").asInt());
        assertEquals("clip.mp4", estimate.at("/maybePaidFiles/0").asText());
        assertEquals(BigDecimal.ZERO, estimate.at("/toClean/credits").decimalValue());
        assertEquals(1, batch.run());
        assertTrue(batch.out.replaceAll(" +", " ").contains("may have been charged 2 2 1.4"), batch.out);
        assertEquals("0 cleaned for 0 credits, 0 skipped, 2 failed", batch.summary());
        assertEquals(PRICE, batch.spent());

        assertEquals(3, batch.run("--pay-again", "--limit=1"));
        assertEquals(0, batch.run("--pay-again", "--limit=1.4"));

        assertEquals(PRICE.add(PRICE), batch.spent());
    }

    @Test
    void payAgainDoesNotPayForWhatIsPaid() throws IOException {
        assertEquals(0, batch.run("--pay-again"));

        assertEquals(PRICE, batch.spent());
    }

    @Test
    void aFileThatCannotBeReadIsNeitherPaidNorUnpaid() throws IOException {
        PaidContents paid = PaidContents.in(batch.journal, "https://example.com");
        for (FileKind kind : List.of(FileKind.PICTURE, FileKind.CLIP)) {
            MediaFile gone = new MediaFile(temp.resolve("gone"), "gone", 100, kind);

            IOException e = assertThrows(IOException.class, () -> paid.payment(gone));
            assertTrue(e.getMessage().contains("NoSuchFile"), e.getMessage());
        }
    }

    @Test
    void aResultThatIsBrokenIsSaidToBePaidAndHowToPayAgain() throws IOException {
        Path picture = picture();
        Files.write(picture, new byte[(int) Files.size(picture)]);
        Path entry = entry(picture);

        assertEquals(1, batch.run());

        assertTrue(batch.err.contains("photo.jpg: photo.jpg was cleaned and charged, but"), batch.err);
        assertTrue(
                batch.err.contains(
                        " - It is paid. What came is broken, and the next batch would get the same. To pay for it"
                                + " again, delete " + entry + " first"),
                batch.err);
        assertEquals(
                "1 cleaned for 0 credits, 0 skipped, 1 failed, 1 of these paid by an earlier batch", batch.summary());
        assertEquals(PRICE, batch.spent());

        Files.delete(entry);
        assertEquals(0, batch.run());
        assertEquals("1 cleaned for 1 credit, 1 skipped, 0 failed", batch.summary());
    }

    @Test
    void whatNeitherJournalNorOutboxCanKeepIsSaidToBePaid() throws IOException {
        Path picture = picture();
        Files.delete(entry(picture));
        Files.delete(picture);
        Files.createDirectories(picture.resolve("in the way"));
        Files.delete(batch.folder.resolve("clip.mp4"));
        Files.move(
                batch.folder.resolve("photo.jpg"),
                Files.createDirectory(batch.folder.resolve("sub")).resolve("photo.jpg"));
        Path inTheWay = Files.writeString(batch.outbox.resolve("sub"), "no folder");

        assertEquals(1, batch.run());

        assertTrue(
                batch.err.contains(" - It is paid. Its result is not in the journal " + batch.journal
                        + ": to pay for it again, use --pay-again"),
                batch.err);
        assertEquals("0 cleaned for 0 credits, 0 skipped, 1 failed, 1 of these paid (1 credit)", batch.summary());

        Files.delete(inTheWay);
        assertEquals(1, batch.run());
        assertEquals(0, batch.run("--pay-again"));
        assertEquals("1 cleaned for 1 credit, 0 skipped, 0 failed", batch.summary());
    }

    /** The result of the picture in the journal. */
    private Path picture() throws IOException {
        try (Stream<Path> files = Files.list(batch.journal)) {
            return files.filter(file -> file.toString().endsWith(".picture"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private static Path entry(Path picture) {
        return Path.of(picture.toString().replaceAll("picture$", "entry"));
    }

    private List<Path> entries() throws IOException {
        try (Stream<Path> files = Files.list(batch.journal)) {
            List<Path> entries =
                    files.filter(file -> file.toString().endsWith(".entry")).toList();
            assertEquals(2, entries.size());
            return entries;
        }
    }
}
