package com.example.preflight;

import io.github.cameldewatermark.journal.folder.FolderJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.UnaryOperator;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cleans a folder, once, by the route in {@code camel/batch.camel.yaml}: what an estimate says, and nothing else. */
@Command(
        name = "batch",
        description = "Cleans the pictures and clips of a folder. This costs credits.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all is clean",
            "1:some files are not clean",
            "2:wrong usage",
            "3:it costs more than the limit, and nothing was sent"
        },
        exitCodeOnExecutionException = 1)
public final class Batch implements Callable<Integer> {

    private static final int TOO_EXPENSIVE = 3;

    private static final String API_KEY = "DEWATERMARK_API_KEY";

    /** Of the answers in the journal: those used longest ago are removed, and what is clean isn't used any more. */
    private static final long JOURNAL_SIZE = 2_000_000_000;

    @Parameters(paramLabel = "FOLDER", description = "Where the pictures and clips are. Nothing is changed there.")
    private Path folder;

    @Parameters(paramLabel = "OUTBOX", description = "Where the clean ones go, under the same names.")
    private Path outbox;

    @Option(
            names = "--done",
            paramLabel = "FILE",
            description = "Keeps the hashes of what was cleaned: OUTBOX/.cleaned unless given.")
    private Path done;

    @Option(
            names = "--journal",
            paramLabel = "FOLDER",
            description = "Keeps what was paid, on a local disk: OUTBOX/.journal unless given.")
    private Path journal;

    @Option(
            names = "--limit",
            paramLabel = "CREDITS",
            description = "Asks before it begins what costs more; without a terminal, it refuses.")
    private BigDecimal limit;

    @Option(names = "--yes", description = "Goes on in spite of the limit, without asking.")
    private boolean yes;

    @Option(
            names = "--pay-again",
            description =
                    "Also pays for what may have been charged when a batch was cut off. By default that is left alone.")
    private boolean payAgain;

    @Option(
            names = "--sandbox",
            description = "Tries it offline, without a key: results go to OUTBOX/sandbox, and nothing is spent.")
    private boolean sandbox;

    @Mixin
    private PlatformOptions platform;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final String apiKey;
    private final UnaryOperator<String> questions;
    private final Main camel = new Main(Batch.class);

    /**
     * @param apiKey    {@code null} if there is none
     * @param questions asks a question and returns the answer; {@code null} if nobody is there
     */
    Batch(String apiKey, UnaryOperator<String> questions) {
        this.apiKey = apiKey;
        this.questions = questions;
    }

    public static void main(String[] args) {
        System.exit(commandLine(new Batch(System.getenv(API_KEY), Terminal.questions()))
                .execute(args));
    }

    static CommandLine commandLine(Batch batch) {
        return new CommandLine(batch);
    }

    /** For what {@code application.properties} doesn't say. */
    Batch with(String property, String value) {
        camel.addOverrideProperty(property, value);
        return this;
    }

    @Override
    public Integer call() throws Exception {
        if (sandbox) {
            return offline();
        }
        if (apiKey == null || apiKey.isBlank()) {
            throw wrong("Set " + API_KEY + ", or try it offline with --sandbox");
        }
        return run(outbox, apiKey, platform.baseUrl());
    }

    private int offline() throws Exception {
        if (done != null || journal != null) {
            throw wrong("What the sandbox cleans must not count as cleaned: --sandbox goes with neither --done nor"
                    + " --journal");
        }
        try (OfflinePlatform offline = new OfflinePlatform(platform.prices())) {
            Path results = outbox.resolve("sandbox");
            out().println("Offline: nothing is spent. The sandbox is on " + offline.baseUrl() + ", its results go to "
                    + results);
            return run(results, offline.apiKey(), offline.baseUrl());
        }
    }

    private int run(Path results, String key, String baseUrl) throws Exception {
        if (limit != null && limit.signum() < 0) {
            throw wrong("--limit " + limit + " is negative");
        }
        MediaFolder.Listing listing = folder().list();
        CleanedContents list = new CleanedContents(done == null ? results.resolve(".cleaned") : done);
        Path paid = journal == null ? results.resolve(".journal") : journal;
        try (FolderJournal opened = open(paid)) {
            Known known = new Known(cleaned(list), PaidContents.in(paid, baseUrl), payAgain);
            Estimate estimate = new Estimator(known, platform.prices(), new Progress(status(Duration.ofSeconds(2))))
                    .estimate(listing);
            new TextReport(out()).print(estimate, null);
            Budget budget = new Budget(limit, yes, questions);
            if (!budget.isAgreedTo(estimate.toClean(), err())) {
                return TOO_EXPENSIVE;
            }
            BatchRun run = new BatchRun(camel, results, opened);
            run.pay(key, baseUrl, platform.prices());
            BigDecimal most = budget.most(estimate.toClean());
            if (most != null) {
                run.spendAtMost(most);
            }
            return clean(run, estimate, list, known.paid());
        }
    }

    private int clean(BatchRun run, Estimate estimate, CleanedContents list, PaidContents paid) throws Exception {
        BatchProgress progress = new BatchProgress(status(Duration.ofSeconds(10)), estimate.plan(), System::nanoTime);
        BatchFiles files = new BatchFiles(estimate, list, paid, progress);
        run.clean(files, () -> progress.println(files.underWay()), () -> {
            progress.end();
            out().println(files.summary());
            out().flush();
        });
        return files.allClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private FolderJournal open(Path paid) {
        try {
            return new FolderJournal(paid, PaidContents.RETENTION, JOURNAL_SIZE);
        } catch (IllegalArgumentException e) {
            throw wrong(e.getMessage());
        }
    }

    private Set<String> cleaned(CleanedContents list) {
        try {
            return list.read();
        } catch (NoSuchFileException e) {
            return Set.of();
        } catch (IOException e) {
            throw wrong("The list " + (done == null ? ".cleaned" : done) + " can't be used: " + e.getMessage());
        }
    }

    private MediaFolder folder() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw wrong(folder + " is no folder");
        }
        if (Files.exists(outbox) && outbox.toRealPath().startsWith(folder.toRealPath())
                || outbox.toAbsolutePath()
                        .normalize()
                        .startsWith(folder.toAbsolutePath().normalize())) {
            throw wrong(outbox + " is in " + folder + ": the next batch would clean what is clean");
        }
        return new MediaFolder(folder);
    }

    private ParameterException wrong(String usage) {
        return new ParameterException(spec.commandLine(), usage);
    }

    private StatusLine status(Duration lines) {
        return StatusLine.on(err(), lines);
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
