package com.example.preflight;

import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what cleaning a folder would cost. It calls nobody and spends nothing. */
@Command(
        name = "preflight",
        description = "Says what cleaning a folder would cost, without calling anybody.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:all can be cleaned",
            "1:some files or folders can't",
            "2:wrong usage, or there is no such folder",
            "3:the balance is too small"
        },
        exitCodeOnExecutionException = 70)
public final class Preflight implements Callable<Integer> {

    private static final int REJECTS = 1;
    private static final int BALANCE_TOO_SMALL = 3;

    @Parameters(paramLabel = "FOLDER", description = "Where the pictures and clips are, in folders of it, too.")
    private Path folder;

    @Option(
            names = "--done",
            paramLabel = "FILE",
            description = "The hashes of what was cleaned before, as the batch keeps them.")
    private Path done;

    @Option(
            names = "--journal",
            paramLabel = "FOLDER",
            description = "The journal of the batch: what is paid there costs nothing.")
    private Path journal;

    @Option(names = "--balance", paramLabel = "CREDITS", description = "Your credits, to compare with.")
    private BigDecimal balance;

    @Mixin
    private PlatformOptions platform;

    @Option(names = "--json", description = "JSON instead of a table.")
    private boolean json;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Preflight());
    }

    @Override
    public Integer call() throws IOException {
        Known known = new Known(cleaned(), paid(), false);
        PrintWriter out = spec.commandLine().getOut();
        Progress progress = new Progress(StatusLine.on(spec.commandLine().getErr(), Duration.ofSeconds(2)));
        Estimate estimate = new Estimator(known, platform.prices(), progress).estimate(folder().list());
        if (json) {
            new JsonReport(out).print(estimate, balance);
        } else {
            new TextReport(out).print(estimate, balance);
        }
        return exitCode(estimate);
    }

    private int exitCode(Estimate estimate) {
        if (balance != null && balance.compareTo(estimate.toClean().credits()) < 0) {
            return BALANCE_TOO_SMALL;
        }
        return estimate.cleansAll() ? CommandLine.ExitCode.OK : REJECTS;
    }

    private MediaFolder folder() {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + " is no folder");
        }
        try {
            return new MediaFolder(folder);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), folder + " can't be read: " + e, e);
        }
    }

    private Set<String> cleaned() {
        if (done == null) {
            return Set.of();
        }
        if (isMissing(done, "cleaned")) {
            return Set.of();
        }
        try {
            return new CleanedContents(done).read();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "--done " + done + " can't be used: " + e.getMessage(), e);
        }
    }

    private PaidContents paid() {
        if (journal == null || isMissing(journal, "paid")) {
            return PaidContents.NONE;
        }
        try {
            return PaidContents.in(journal, platform.baseUrl());
        } catch (IOException e) {
            throw new ParameterException(
                    spec.commandLine(), "--journal " + journal + " can't be used: " + e.getMessage(), e);
        }
    }

    private boolean isMissing(Path path, String what) {
        boolean missing = Files.notExists(path);
        if (missing) {
            spec.commandLine().getErr().println(path + " doesn't exist (yet): nothing counts as " + what + " before");
        }
        return missing;
    }
}
