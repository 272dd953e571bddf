package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.file.FileKind;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private static final Planned PICTURE = planned(Cost.picture(Prices.DEFAULT), Payment.NONE);
    private static final Planned CLIP = planned(Cost.clip(15.0, Prices.DEFAULT), Payment.NONE);
    private static final Planned PAID = planned(Cost.picture(Prices.DEFAULT), Payment.PAID);

    private final StringWriter out = new StringWriter();
    private long now;

    @Test
    void aTerminalHasOneLineThatIsRewrittenAndGoneAtTheEnd() {
        StatusLine line = line(true);
        pass(Duration.ofSeconds(1));
        line.show(() -> "a long line");
        line.show(() -> "too soon");
        pass(Duration.ofSeconds(1));
        line.show(() -> "short");
        line.println("a failure");
        pass(Duration.ofSeconds(1));
        line.show(() -> "next");
        line.end(() -> "end");

        assertEquals(
                "\ra long line" + "\rshort      " + "\r     \r" + "a failure\n" + "\rnext" + "\r    \r",
                out.toString());
    }

    @Test
    void elsewhereThereIsALineNowAndThenAndAtTheEnd() {
        StatusLine line = line(false);
        line.show(() -> "too soon");
        pass(Duration.ofSeconds(1));
        line.show(() -> "one");
        line.show(() -> "too soon");
        line.println("a failure");
        line.end(() -> "end");

        assertEquals("one\na failure\nend\n", out.toString());
    }

    @Test
    void theEstimateHasABarOnATerminal() {
        Progress progress = new Progress(line(true));
        pass(Duration.ofSeconds(1));
        progress.show("checked", 1, 3);

        assertEquals("\r[##########....................]  33 %  1 of 3 files checked", out.toString());
    }

    @Test
    void theBatchIsMeasuredByWhatItCosts() {
        BatchProgress progress = progress(PICTURE, PICTURE, CLIP, PAID);
        assertEquals("  0 %  0 of 4 files, 0 of 5 credits", progress.text());

        pass(Duration.ofSeconds(10));
        progress.done(PAID);
        assertEquals("  0 %  1 of 4 files, 0 of 5 credits", progress.text(), "what is free says nothing about time");

        pass(Duration.ofSeconds(10));
        progress.done(PICTURE);
        assertEquals(" 20 %  2 of 4 files, 1 of 5 credits, 3.0 credits/min, 80 s left", progress.text());

        pass(Duration.ofMinutes(30));
        assertEquals(" 20 %  2 of 4 files, 1 of 5 credits, 0.0 credits/min, 2 h 1 min left", progress.text());

        progress.done(CLIP);
        progress.done(PICTURE);
        assertEquals("100 %  4 of 4 files, 5 of 5 credits, 0.2 credits/min, 0 s left", progress.text());
    }

    @Test
    void whatCostsNothingIsMeasuredByFiles() {
        BatchProgress progress = progress(PAID, PAID, PAID);
        pass(Duration.ofSeconds(150));
        progress.done(PAID);

        assertEquals(" 33 %  1 of 3 files, 0 of 0 credits, 0.4 files/min, 5 min left", progress.text());
    }

    @Test
    void aLargeBatchFitsIntoALine() {
        BatchProgress progress = progress(Collections.nCopies(10_000, PICTURE).toArray(Planned[]::new));
        pass(Duration.ofHours(1));
        Stream.generate(() -> PICTURE).limit(3333).forEach(progress::done);

        assertEquals(
                " 33 %  3333 of 10000 files, 3333 of 10000 credits, 56 credits/min, 2 h 0 min left", progress.text());
    }

    @Test
    void anEmptyBatchIsDone() {
        assertEquals("0 of 0 files, 0 of 0 credits", progress().text());
    }

    private BatchProgress progress(Planned... plan) {
        return new BatchProgress(line(false), List.of(plan), () -> now);
    }

    private StatusLine line(boolean rewritten) {
        return new StatusLine(new PrintWriter(out), rewritten, Duration.ofMillis(100), () -> now);
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private static Planned planned(Cost cost, Payment payment) {
        return new Planned(new MediaFile(Path.of("file"), "file", 1, FileKind.PICTURE), cost, payment);
    }
}
