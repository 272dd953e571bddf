package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BatchUsageTest {

    @TempDir
    Path temp;

    private TestBatch batch;

    @BeforeEach
    void start() throws IOException {
        batch = new TestBatch(temp);
        Samples.write(batch.folder.resolve("photo.jpg"), Samples.jpeg(50, 50, 1));
    }

    @AfterEach
    void stop() {
        assertTrue(batch.sandbox.requests().leaks().isEmpty());
        batch.close();
    }

    @Test
    void wrongUsageHasAnExitCodeOfItsOwn() throws IOException {
        Path picture = batch.folder.resolve("photo.jpg");

        assertWrong("is no list of content hashes", batch.run("--done=" + picture));
        assertWrong("The folder of the journal can't be created", batch.run("--journal=" + picture));
        assertWrong("Unknown option", batch.run("--nonsense"));
        assertWrong("--sandbox goes with neither", batch.run("--sandbox", "--done=" + temp.resolve("done")));
        assertWrong("--sandbox goes with neither", batch.run("--sandbox", "--journal=" + temp.resolve("journal")));
        Files.move(batch.folder, temp.resolve("elsewhere"));
        assertWrong("is no folder", batch.run());
    }

    @Test
    void withoutAKeyTheErrorSaysWhatToSet() {
        for (String key : new String[] {null, " "}) {
            assertWrong("Set DEWATERMARK_API_KEY, or try it offline with --sandbox", batch.runWithKey(key));
        }
    }

    @Test
    void anOutboxInTheFolderIsRefused() throws IOException {
        int code = Batch.commandLine(new Batch("key", null))
                .execute(batch.folder.toString(), batch.folder.resolve("clean").toString());

        assertEquals(2, code);
        assertEquals(List.of("photo.jpg"), TestBatch.names(batch.folder));
    }

    @Test
    void aKeyThatIsRefusedEndsTheBatch() {
        assertEquals(1, batch.runWithKey("wrong"));

        assertTrue(batch.err.contains("photo.jpg: "), batch.err);
        assertEquals("0 cleaned for 0 credits, 0 skipped, 1 failed", batch.summary());
    }

    @Test
    void whatTheBatchRemembersMayBeElsewhere() throws IOException {
        Path done = temp.resolve("memory/done");
        Path journal = temp.resolve("memory/journal");

        assertEquals(0, batch.run("--done=" + done, "--journal=" + journal));

        assertEquals(List.of(ContentHash.of(batch.folder.resolve("photo.jpg"))), Files.readAllLines(done));
        assertTrue(Files.exists(journal.resolve("ledger.csv")));
        assertFalse(Files.exists(batch.cleaned) || Files.exists(batch.journal));
    }

    @Test
    void theSandboxNeedsNoKeyAndSpendsNothing() throws IOException {
        assertEquals(0, batch.runWithKey(null, "--sandbox", "--credits-per-picture=2"));

        assertTrue(batch.out.startsWith("Offline: nothing is spent."), batch.out);
        assertEquals("1 cleaned for 2 credits, 0 skipped, 0 failed", batch.summary());
        assertEquals(List.of("photo.jpg"), TestBatch.names(batch.outbox.resolve("sandbox")));
        assertTrue(batch.sandbox.requests().all().isEmpty(), "this one stands for the real platform");
    }

    @Test
    void whatTheSandboxCleanedDoesNotCountAsClean() throws IOException {
        batch.runWithKey(null, "--sandbox");

        assertEquals(BigDecimal.ONE, batch.estimatedCredits());
        assertEquals(0, batch.run());

        assertEquals(BigDecimal.ONE, batch.spent());
        assertTrue(Files.exists(batch.outbox.resolve("photo.jpg")));
    }

    private void assertWrong(String message, int code) {
        assertEquals(2, code, batch.err);
        assertTrue(batch.err.contains(message), batch.err);
        assertTrue(batch.sandbox.requests().all().isEmpty());
    }
}
