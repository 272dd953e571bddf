package com.example.preflight;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.main.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Cleans a folder, once, by the route in {@code camel/batch.camel.yaml}. This is what {@link Preflight} estimates. */
@Command(
        name = "batch",
        description = "Cleans the pictures and clips of a folder. This costs credits.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all is clean", "1:some files are not clean", "2:wrong usage"},
        exitCodeOnExecutionException = 1)
public final class Batch implements Callable<Integer> {

    @Parameters(paramLabel = "FOLDER", description = "Where the pictures and clips are. Nothing is changed there.")
    private Path folder;

    @Parameters(paramLabel = "OUTBOX", description = "Where the clean ones go, under the same names.")
    private Path outbox;

    @Option(
            names = "--done",
            paramLabel = "FILE",
            description = "Keeps the hashes of what was cleaned. Default: .cleaned in OUTBOX.")
    private Path done;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this.")
    private boolean help;

    @Spec
    private CommandSpec spec;

    private final Main camel = new Main(Batch.class);

    public static void main(String[] args) {
        System.exit(commandLine(new Batch()).execute(args));
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
        BatchFiles files = new BatchFiles(folder());
        Path cleaned = done == null ? outbox.resolve(".cleaned") : done;
        camel.addOverrideProperty("outbox", outbox.toString());
        camel.addOverrideProperty("cleaned", cleaned.toString());
        camel.bind("files", files);
        CountDownLatch over = new CountDownLatch(1);
        Thread interrupt = new Thread(() -> finish(files, over));
        Runtime.getRuntime().addShutdownHook(interrupt);
        try {
            clean();
            spec.commandLine().getOut().println(files.summary());
            spec.commandLine().getOut().flush();
        } finally {
            over.countDown();
            forget(interrupt);
        }
        return files.allClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void clean() throws Exception {
        camel.start();
        try {
            // comes back when the last file is through
            camel.getCamelTemplate().sendBody("direct:batch", "");
        } finally {
            camel.stop();
        }
    }

    /** Ctrl-C: what is under way is paid for, so it is waited for; nothing more is begun. */
    private static void finish(BatchFiles files, CountDownLatch over) {
        files.stop();
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // it is running
        }
    }

    private MediaFolder folder() throws IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), folder + " is no folder");
        }
        if (Files.exists(outbox) && outbox.toRealPath().startsWith(folder.toRealPath())
                || outbox.toAbsolutePath()
                        .normalize()
                        .startsWith(folder.toAbsolutePath().normalize())) {
            throw new ParameterException(
                    spec.commandLine(), outbox + " is in " + folder + ": the next batch would clean what is clean");
        }
        return new MediaFolder(folder);
    }
}
