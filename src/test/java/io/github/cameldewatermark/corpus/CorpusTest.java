package io.github.cameldewatermark.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.corpus.CorpusRow.Outcome;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.UnchangedPictures;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/**
 * All files of a folder, {@code -Dcorpus=FOLDER}, go to a platform that changes nothing. What comes back must look as the original does to
 * another decoder, or the file was refused for nothing. The table of what became of each is in {@code target/corpus.md}. A file at which
 * ffmpeg crashes ends the whole JVM; it is among those after the last one that was printed.
 */
class CorpusTest {

    private static final String CORPUS = System.getProperty("corpus");
    private static final List<Path> FOLDERS = CORPUS == null
            ? List.of(Path.of("src/test/resources/pictures"), Path.of("src/test/resources/samples"))
            : List.of(Path.of(CORPUS));
    private static final Path TABLE = Path.of("target/corpus.md");
    private static final String FOR_NOTHING = ". Nothing was sent, nothing was charged.";

    /** What messages tell the user to do. With an empty file, there is nothing to be done. */
    private static final Pattern ADVICE =
            Pattern.compile("; (.* )?(add|convert|develop|export|get|put|save|scale|send|split|start|unpack|use) "
                    + "|still being written|^is empty$");

    /** Each has a picture, of any size, outside of the heap. */
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .credits(1_000_000)
            .sessionTimeToLive(Duration.ofSeconds(1)) // it keeps pictures that long
            .pictureEngine(new UnchangedPictures())
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void whatIsAcceptedLooksAsItDidAndWhatIsRefusedIsNotPaidFor() throws Exception {
        context.start("dewatermark:erase");
        List<CorpusRow> rows = rows();
        write(rows);

        assertThat(with(rows, Outcome.DIFFERENT)).isEmpty();
        assertThat(with(rows, Outcome.FAILED)).isEmpty();
        assertThat(with(rows, Outcome.REFUSED))
                .allSatisfy(row -> assertThat(row.detail()).containsPattern(ADVICE));
        assertThat(sandbox.ledger())
                .extracting(LedgerEntry::eventId)
                .containsExactlyInAnyOrderElementsOf(rows.stream()
                        .map(CorpusRow::eventId)
                        .filter(id -> id != null)
                        .toList());
    }

    private static List<CorpusRow> with(List<CorpusRow> rows, Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).toList();
    }

    private List<CorpusRow> rows() throws Exception {
        List<Callable<CorpusRow>> work = new ArrayList<>();
        for (Path folder : FOLDERS) {
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile).sorted().forEach(file -> work.add(() -> printed(row(file))));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<CorpusRow> rows = new ArrayList<>();
            for (Future<CorpusRow> row : threads.invokeAll(work)) {
                rows.add(row.get());
            }
            return rows;
        } finally {
            threads.shutdownNow();
        }
    }

    private CorpusRow row(Path file) {
        Exchange exchange = context.send(file);
        Exception error = exchange.getException();
        if (error != null) {
            return refused(file, error);
        }
        String eventId = exchange.getMessage().getHeader(DewatermarkConstants.EVENT_ID, String.class);
        try (FfmpegPicture original = FfmpegPicture.of(file)) {
            return compared(file, original, exchange.getMessage().getBody(byte[].class), eventId);
        } catch (IOException | RuntimeException | VirtualMachineError e) { // what it needs may not fit into memory
            return new CorpusRow(file, Outcome.NOT_COMPARABLE, "ffmpeg: " + e.getMessage(), eventId);
        }
    }

    private static CorpusRow compared(Path file, FfmpegPicture original, byte[] result, String eventId)
            throws IOException {
        FfmpegPicture decoded;
        try {
            decoded = FfmpegPicture.of(result);
        } catch (IOException e) {
            return new CorpusRow(file, Outcome.DIFFERENT, "the result can't be decoded: " + e.getMessage(), eventId);
        }
        try (decoded) {
            Difference difference = Difference.between(original, decoded);
            return new CorpusRow(
                    file,
                    difference.isThatOfJpeg() ? Outcome.RIGHT : Outcome.DIFFERENT,
                    difference.toString(),
                    eventId);
        }
    }

    private static CorpusRow refused(Path file, Exception error) {
        boolean free = error instanceof DewatermarkInputException refusal
                && refusal.billed() == Billed.NO
                && refusal.getMessage().endsWith(FOR_NOTHING);
        return free
                ? new CorpusRow(
                        file,
                        Outcome.REFUSED,
                        error.getMessage().replace(FOR_NOTHING, "").replace(file.getFileName() + " ", ""),
                        null)
                : new CorpusRow(file, Outcome.FAILED, error.toString(), null);
    }

    private static CorpusRow printed(CorpusRow row) {
        System.out.println(row);
        return row;
    }

    private static void write(List<CorpusRow> rows) throws IOException {
        String totals = Arrays.stream(Outcome.values())
                .map(outcome -> with(rows, outcome).size() + " " + outcome.label())
                .collect(Collectors.joining("; "));
        System.out.println(totals);
        List<String> lines = new ArrayList<>(List.of("| File | Outcome | Difference or reason |", "|---|---|---|"));
        rows.forEach(row -> lines.add(row.toString()));
        lines.add("");
        lines.add(rows.size() + " files: " + totals);
        Files.write(TABLE, lines);
    }
}
