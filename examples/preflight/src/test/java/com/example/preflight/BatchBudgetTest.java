package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The batch spends what was agreed to. */
class BatchBudgetTest {

    @TempDir
    Path temp;

    private TestBatch batch;

    @BeforeEach
    void start() throws IOException {
        batch = new TestBatch(temp);
        Samples.write(batch.folder.resolve("a.jpg"), Samples.jpeg(50, 50, 1));
        Samples.write(batch.folder.resolve("b.jpg"), Samples.jpeg(60, 50, 1));
        Samples.write(batch.folder.resolve("clip.mp4"), Samples.mp4(1));
    }

    @AfterEach
    void stop() {
        batch.close();
    }

    @Test
    void whatCostsMoreThanTheLimitIsAskedForOnATerminal() {
        List<String> questions = new ArrayList<>();
        batch.terminal = question -> {
            assertTrue(batch.sandbox.requests().all().isEmpty(), "nothing is sent before the answer");
            questions.add(question);
            return " Y ";
        };

        assertEquals(0, batch.run("--limit=2.10"));

        assertEquals(List.of("This costs 2.2 credits, more than the limit of 2.1. Go on? [y/N] "), questions);
        assertEquals(new BigDecimal("2.2"), batch.spent());
        assertTrue(batch.out.contains("to clean"), "the estimate is shown before: " + batch.out);
    }

    @Test
    void anyAnswerButYesSendsNothing() {
        List<String> answers = new ArrayList<>(List.of("n", "", "perhaps"));
        answers.add(null); // the end of the input
        for (String answer : answers) {
            batch.terminal = question -> answer;

            assertEquals(3, batch.run("--limit=2"), answer);
            assertTrue(batch.err.endsWith("Nothing was sent.\n"), batch.err);
        }
        assertTrue(batch.sandbox.requests().all().isEmpty());
        assertFalse(Files.exists(batch.cleaned));
    }

    @Test
    void withoutATerminalWhatCostsMoreThanTheLimitIsRefused() {
        assertEquals(3, batch.run("--limit=2"));

        assertTrue(
                batch.err.endsWith("This costs 2.2 credits, more than the limit of 2. Nothing was sent. With --yes, the"
                        + " batch goes on.\n"),
                batch.err);
        assertTrue(batch.sandbox.requests().all().isEmpty());
    }

    @Test
    void yesGoesOnWithoutAQuestion() {
        batch.terminal = question -> fail("asked: " + question);

        assertEquals(0, batch.run("--limit=2", "--yes"));

        assertEquals(new BigDecimal("2.2"), batch.spent());
    }

    @Test
    void whatTheLimitCoversIsNotAskedFor() {
        batch.terminal = question -> fail("asked: " + question);

        assertEquals(0, batch.run("--limit=2.2"));
        assertEquals(0, batch.run("--limit=0"), "nothing is left to pay");

        assertEquals(new BigDecimal("2.2"), batch.spent());
    }

    @Test
    void whatTurnsOutToCostMoreIsNotSent() {
        batch.terminal = question -> {
            makeClipLonger(20);
            return "y";
        };

        assertEquals(1, batch.run("--limit=2"));

        assertEquals(new BigDecimal(2), batch.spent(), "agreed to were 2.2, and the clip would cost 4");
        assertTrue(batch.err.contains("clip.mp4: "), batch.err);
        assertTrue(batch.err.contains("maximumSpend="), batch.err);
    }

    @Test
    void whatEarlierBatchesHaveSpentIsNoPartOfTheLimit() throws IOException {
        batch.run("--limit=2.2");
        Samples.write(batch.folder.resolve("c.jpg"), Samples.jpeg(70, 50, 1));

        assertEquals(0, batch.run("--limit=1"));

        assertEquals(new BigDecimal("3.2"), batch.spent());
    }

    @Test
    void aClipOfUnknownLengthIsPartOfTheQuestion() throws IOException {
        Samples.write(batch.folder.resolve("unknown.mp4"), Samples.mp4(0));
        batch.terminal = question -> {
            assertTrue(question.contains("2.2 credits, and a clip of unknown length on top, more than"), question);
            return "yes";
        };

        assertEquals(0, batch.run("--limit=2"));

        assertEquals(new BigDecimal("3.4"), batch.spent());
    }

    @Test
    void aLimitMustBeAnAmount() {
        assertEquals(2, batch.run("--limit=-1"));
        assertEquals(2, batch.run("--limit=much"));
        assertTrue(batch.sandbox.requests().all().isEmpty());
    }

    private void makeClipLonger(double seconds) {
        try {
            Samples.write(batch.folder.resolve("clip.mp4"), Samples.mp4(seconds));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
